import type { Analysis } from '@portolan/engine';
import type { ClusterProfile, Problem, SkippedKind, SnapshotView } from '@portolan/model';
import { PolicyRules } from './policy-rules.js';
import { Selections } from './selections.js';
import { EmptySelections } from './selectors/empty-selections.js';
import { kindsWithUnknownPods } from './selectors/operator-pods.js';
import { OrPairs } from './selectors/or-pairs.js';

/** What findings are asked of. */
export interface FindingInput {
  readonly analysis: Analysis;
  readonly profile: ClusterProfile;
  /** Whether the snapshot is the whole cluster. */
  readonly isComplete: boolean;
  /** What ingestion said of the input. */
  readonly problems: readonly Problem[];
  /** Kinds of the input that were not read; none unless given. */
  readonly skippedKinds?: readonly SkippedKind[];
  /** The state before a change, for findings about what is new; null = there is none. */
  readonly base: Analysis | null;
}

/** The input, and what several rules look at: each part is made when first asked for. */
export class FindingContext {
  readonly analysis: Analysis;
  readonly view: SnapshotView;
  readonly profile: ClusterProfile;
  readonly isComplete: boolean;
  readonly problems: readonly Problem[];
  readonly base: Analysis | null;
  /** Kinds that were not read and of which operators may make pods. */
  readonly kindsWithUnknownPods: readonly string[];
  #selections: Selections | null = null;
  #emptySelections: EmptySelections | null = null;
  #orPairs: OrPairs | null = null;
  #rules: PolicyRules | null = null;

  constructor({ analysis, profile, isComplete, problems, base, skippedKinds = [] }: FindingInput) {
    this.analysis = analysis;
    this.view = analysis.view;
    this.profile = profile;
    this.isComplete = isComplete;
    this.problems = problems;
    this.base = base;
    this.kindsWithUnknownPods = kindsWithUnknownPods(skippedKinds);
  }

  /** Whom selectors select. */
  get selections(): Selections {
    return (this.#selections ??= new Selections(this.analysis));
  }

  /** The subjects and peers that select nobody, and why. */
  get emptySelections(): EmptySelections {
    return (this.#emptySelections ??= new EmptySelections(this.analysis, this.selections));
  }

  /** Items of rules that were probably meant as one. */
  get orPairs(): OrPairs {
    return (this.#orPairs ??= new OrPairs(this.selections));
  }

  /** The policies with their rules. */
  get policies(): PolicyRules {
    return (this.#rules ??= new PolicyRules(this.view));
  }
}
