import type { Caveat, EndpointRef } from './answer.js';
import type { Direction } from './policy.js';
import type { TrafficQuery } from './question.js';
import type { LabelSelector } from './selector.js';
import type { TrafficSet } from './traffic.js';

/**
 * What can be asserted of access. MUST_REACH: all of the traffic is allowed from every `from` to every `to`. MUST_NOT_REACH: none
 * of it, from any to any. ONLY_REACHABLE_FROM: nobody but `from` may reach `to`. MAY_ONLY_REACH: `from` may reach nobody but `to`.
 * MUST_BE_ISOLATED: NetworkPolicies isolate the pods of `to` in both directions.
 */
export const ASSERTION_KINDS = [
  'MUST_REACH',
  'MUST_NOT_REACH',
  'ONLY_REACHABLE_FROM',
  'MAY_ONLY_REACH',
  'MUST_BE_ISOLATED',
] as const;
/** A kind of ASSERTION_KINDS. */
export type AssertionKind = (typeof ASSERTION_KINDS)[number];

/** What an end of an assertion means. Names and labels need not be there: then it means nothing. */
export type AssertedEnd =
  /** `kind` null = of any kind. */
  | {
      readonly is: 'workload';
      readonly namespace: string;
      readonly name: string;
      readonly kind: string | null;
    }
  | { readonly is: 'namespace'; readonly name: string }
  /** Pods by their labels, and those of their namespaces; null = of any namespace. */
  | {
      readonly is: 'pods';
      readonly namespaces: LabelSelector | null;
      readonly pods: LabelSelector;
    }
  /** The addresses of networks: the pods that have one, and those that no pod has. */
  | { readonly is: 'addresses'; readonly cidrs: readonly string[] }
  /** Every public address that no pod has. */
  | { readonly is: 'internet' };

/** Something that policies have to keep to. Several ends mean whatever one of them means. */
export interface AccessAssertion {
  readonly kind: AssertionKind;
  readonly from: readonly AssertedEnd[];
  readonly to: readonly AssertedEnd[];
  readonly traffic: TrafficQuery;
}

/** What a pair of ends does to an assertion: is allowed, or denied, what must not be; UNKNOWN: it may be. */
export const OFFENCE_KINDS = ['ALLOWED', 'DENIED', 'UNKNOWN', 'NOT_ISOLATED'] as const;
/** A kind of OFFENCE_KINDS. */
export type OffenceKind = (typeof OFFENCE_KINDS)[number];

/** Two ends, workloads or addresses, that break an assertion, or may break it. */
export interface Offence {
  readonly kind: OffenceKind;
  /** Null where it is about one workload. */
  readonly source: EndpointRef | null;
  readonly destination: EndpointRef;
  /** Empty where a port name means no port. */
  readonly traffic: TrafficSet;
  /** In which directions it is not isolated. */
  readonly directions: readonly Direction[];
}

/** The first of some offences, and how many there are. */
export interface OffenceList {
  readonly listed: readonly Offence[];
  readonly count: number;
  /** Whether there are no more than counted. */
  readonly isCountComplete: boolean;
}

/** Whether an assertion holds: it does when nothing is broken and nothing unknown, and it says anything at all. */
export interface AssertionAnswer {
  /** Whether nothing is asserted: what it is about matches nothing, or no pair of ends is left. */
  readonly isVacuous: boolean;
  /** Ends that mean nothing, by their place in the lists. */
  readonly unmatched: readonly { readonly side: 'from' | 'to'; readonly at: number }[];
  readonly broken: OffenceList;
  readonly unknown: OffenceList;
  readonly caveats: readonly Caveat[];
}
