import { type Analysis, findRedundancy, type Redundancy, RowAddresses } from '@portolan/engine';
import type {
  ClusterProfile,
  PolicyNote,
  Problem,
  SkippedKind,
  SnapshotView,
  SourceView,
} from '@portolan/model';
import { GovernedRows } from './governed-rows.js';
import { InternetRules } from './internet-rules.js';
import { PodPorts } from './pod-ports.js';
import { Publishing } from './publishing.js';
import { DnsReaches } from './rules/dependency/dns-reach.js';
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
  /** Kinds that were not read and of which operators may make pods. */
  readonly kindsWithUnknownPods: readonly string[];
  #selections: Selections | null = null;
  #emptySelections: EmptySelections | null = null;
  #orPairs: OrPairs | null = null;
  #rules: PolicyRules | null = null;
  #rows: GovernedRows | null = null;
  #podPorts: PodPorts | null = null;
  #publishing: Publishing | null = null;
  #addresses: RowAddresses | null = null;
  #internet: InternetRules | null = null;
  #dns: DnsReaches | null = null;
  #redundancy: Redundancy | null = null;

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
    this.kindsWithUnknownPods = kindsWithUnknownPods(input.skippedKinds ?? []);
  }

  /** Each rule is a question of its own. What an earlier one left of traffic may be dropped, and what holds ids of it goes, too. */
  startRule(): void {
    if (!this.analysis.startQuestion()) return;
    this.#publishing = null;
    this.#dns = null;
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

  /** The subjects and peers that select nobody, and why. */
  get emptySelections(): EmptySelections {
    return (this.#emptySelections ??= new EmptySelections(this.analysis, this.selections));
  }

  /** Items of rules that were probably meant as one. */
  get orPairs(): OrPairs {
    return (this.#orPairs ??= new OrPairs(this.selections));
  }

  /** What becomes of DNS queries. */
  get dns(): DnsReaches {
    return (this.#dns ??= new DnsReaches(this.analysis, this.profile));
  }

  /** The policies with their rules. */
  get policies(): PolicyRules {
    return (this.#rules ??= new PolicyRules(this.view));
  }

  /** Pods with the same policies. */
  get rows(): GovernedRows {
    return (this.#rows ??= new GovernedRows(this.analysis));
  }

  /** What containers declare. */
  get podPorts(): PodPorts {
    return (this.#podPorts ??= new PodPorts(this.analysis));
  }

  /** Workloads that are meant to be reached from outside. */
  get publishing(): Publishing {
    return (this.#publishing ??= new Publishing(this.analysis, this.profile));
  }

  /** What pods exchange with addresses outside the cluster. */
  get addresses(): RowAddresses {
    return (this.#addresses ??= new RowAddresses(this.analysis));
  }

  /** Rules that let the internet in, or out to it. */
  get internet(): InternetRules {
    return (this.#internet ??= new InternetRules(this.analysis, this.addresses));
  }

  /** What could be removed without any change, all of it together. */
  get redundancy(): Redundancy {
    return (this.#redundancy ??= findRedundancy(this.analysis));
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
