import type { AccessAssertion, Severity } from '@portolan/model';

/** Something that every state of a cluster has to keep to, as a file declares it. (What our own code asserts is `invariant` of the model.) */
export interface ClusterInvariant {
  readonly name: string;
  /** Why; may be empty. */
  readonly description: string;
  /** How grave it is when it is broken. */
  readonly severity: Severity;
  readonly assertion: AccessAssertion;
  readonly path: string;
  readonly line: number;
}

/** Invariants of both states. Those of the base count, also where the change removes them: it would otherwise weaken its own gate. */
export interface InvariantLedger {
  readonly base: readonly ClusterInvariant[];
  readonly head: readonly ClusterInvariant[];
}

/** Nothing is asserted. */
export const NO_INVARIANTS: InvariantLedger = { base: [], head: [] };

/** Equal for invariants that assert the same: another description or place is no other invariant. */
export function meaningOf({ name, severity, assertion }: ClusterInvariant): string {
  const { kind, from, to, traffic } = assertion;
  const { protocol, port, endPort, portName } = traffic;
  return JSON.stringify([name, severity, kind, from, to, [protocol, port, endPort, portName]]);
}
