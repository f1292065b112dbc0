import { type Analysis, findRedundancy, type Redundancy, RowAddresses } from '@portolan/engine';
import type { ClusterProfile, Problem, SnapshotView } from '@portolan/model';
import { GovernedRows } from './governed-rows.js';
import { InternetRules } from './internet-rules.js';
import { PodPorts } from './pod-ports.js';
import { Publishing } from './publishing.js';
import { Selections } from './selections.js';
import { DnsReaches } from './rules/dependency/dns-reach.js';
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
}

/** The input, and what several rules look at: each part is made when first asked for. */
export class FindingContext {
  readonly analysis: Analysis;
  readonly view: SnapshotView;
  readonly profile: ClusterProfile;
  readonly isComplete: boolean;
  readonly problems: readonly Problem[];
  readonly base: Analysis | null;
  #selections: Selections | null = null;
  #rules: PolicyRules | null = null;
  #rows: GovernedRows | null = null;
  #podPorts: PodPorts | null = null;
  #publishing: Publishing | null = null;
  #addresses: RowAddresses | null = null;
  #internet: InternetRules | null = null;
  #dns: DnsReaches | null = null;
  #redundancy: Redundancy | null = null;

  constructor({ analysis, profile, isComplete, problems, base }: FindingInput) {
    this.analysis = analysis;
    this.view = analysis.view;
    this.profile = profile;
    this.isComplete = isComplete;
    this.problems = problems;
    this.base = base;
  }

  /** Whom selectors select. */
  get selections(): Selections {
    return (this.#selections ??= new Selections(this.analysis));
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
