import type { Analysis } from '@portolan/engine';
import type {
  ClusterProfile,
  PolicyNote,
  Problem,
  SnapshotView,
  SourceView,
} from '@portolan/model';
import { DeclaredPorts } from './declared-ports.js';
import { Selections } from './selections.js';
import { PolicyRules } from './policy-rules.js';

/** What findings are asked of. */
export interface FindingInput {
  readonly analysis: Analysis;
  readonly profile: ClusterProfile;
  /** Whether the snapshot is the whole cluster. */
  readonly isComplete: boolean;
  /** What ingestion said of the input. */
  readonly problems: readonly Problem[];
  /** The state before a change, for findings about what is new; null = there is none. */
  readonly base: Analysis | null;
  /** Where everything was declared, and what was written there besides. */
  readonly sources: SourceView;
  /** Problems that were not kept, because there were too many; none unless given. */
  readonly problemsOmitted?: number;
  /** The day (`2027-01-31`) on which annotations that silence findings are read; none are read without it. */
  readonly today?: string;
}

const NO_NOTES: readonly PolicyNote[] = [];

/** The input, and what several rules look at: each part is made when first asked for. */
export class FindingContext {
  readonly analysis: Analysis;
  readonly view: SnapshotView;
  readonly profile: ClusterProfile;
  readonly isComplete: boolean;
  readonly problems: readonly Problem[];
  readonly base: Analysis | null;
  readonly sources: SourceView;
  readonly problemsOmitted: number;
  #selections: Selections | null = null;
  #rules: PolicyRules | null = null;
  #declaredPorts: DeclaredPorts | null = null;

  #notes: ReadonlyMap<number, readonly PolicyNote[]> | null = null;

  constructor(input: FindingInput) {
    this.analysis = input.analysis;
    this.view = input.analysis.view;
    this.profile = input.profile;
    this.isComplete = input.isComplete;
    this.problems = input.problems;
    this.base = input.base;
    this.sources = input.sources;
    this.problemsOmitted = input.problemsOmitted ?? 0;
  }

  /** How policies are written where that differs from what is stored of them; a policy without notes is absent. */
  get notes(): ReadonlyMap<number, readonly PolicyNote[]> {
    return (this.#notes ??= notesByPolicy(this.sources));
  }

  /** Notes on how a policy is written: none of a policy that was stored before there were notes. */
  notesOf(policy: number): readonly PolicyNote[] {
    return this.notes.get(policy) ?? NO_NOTES;
  }

  /** Whom selectors select. */
  get selections(): Selections {
    return (this.#selections ??= new Selections(this.analysis));
  }

  /** The ports that containers declare. */
  get declaredPorts(): DeclaredPorts {
    return (this.#declaredPorts ??= new DeclaredPorts(this.analysis));
  }

  /** The policies with their rules. */
  get policies(): PolicyRules {
    return (this.#rules ??= new PolicyRules(this.view));
  }
}

function notesByPolicy(sources: SourceView): Map<number, PolicyNote[]> {
  const found = new Map<number, PolicyNote[]>();
  sources.eachPolicyNote((policy, note) => {
    const known = found.get(policy);
    if (known === undefined) found.set(policy, [note]);
    else known.push(note);
  });
  return found;
}
