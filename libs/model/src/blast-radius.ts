import type { AllowedAccess, Caveat, EndpointRef } from './answer.js';
import type { EndpointSelection, PageRequest, TrafficQuery } from './question.js';

/** What can be reached from a source step by step, each step being a connection that is allowed. */
export interface BlastRadiusQuestion {
  readonly source: EndpointSelection;
  /** Steps by other traffic do not count. */
  readonly traffic: TrafficQuery;
  /** 1 or more; null = as many as there are. */
  readonly maxHops: number | null;
  /** Whether hostNetwork pods are reached, and steps lead over them. */
  readonly hosts: boolean;
  readonly isEnforced: boolean;
  /** Rows that are wanted: of the workloads that are first reached at this hop; null = none. */
  readonly rowsOfHop: { readonly hop: number; readonly page: PageRequest } | null;
  /** A shortest path is wanted to this endpoint; null = none is. */
  readonly pathTo: EndpointSelection | null;
}

/** How far something spreads. Workloads that a pod of the source belongs to do not count. */
export interface BlastRadius {
  readonly source: EndpointRef;
  /** Workloads that can be reached. */
  readonly workloadCount: number;
  /** Workloads that could be: all that have pods which take part, but those of the source. */
  readonly otherWorkloads: number;
  /** The hop at which the internet is reached; null = it is not. */
  readonly internetHop: number | null;
  /** From the first hop to the last at which something new is reached. */
  readonly hops: readonly { readonly hop: number; readonly workloadCount: number }[];
  /**
   * By namespace and name: the step by which each workload of the wanted hop is first reached. A step is between two pods; its
   * traffic and reasons are theirs.
   */
  readonly rows: readonly AllowedAccess[];
  /** The steps of a shortest path; null = there is none within the hops, or none was asked for. */
  readonly path: readonly AllowedAccess[] | null;
  readonly caveats: readonly Caveat[];
}
