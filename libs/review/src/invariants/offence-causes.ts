import { displayName } from '@portolan/engine';
import {
  commonCidr,
  commonTraffic,
  type EndpointRef,
  type Offence,
  parseCidr,
} from '@portolan/model';
import type { Cause, UnprotectedRow } from '@portolan/report';
import { stableName } from '../access-facts.js';
import type { JudgedChange } from '../judged-change.js';

/** Causes that a counterexample names. */
const NAMED_CAUSES = 3;

/** Says what in a change made two ends break an invariant: what the difference says of the same ends. */
export class OffenceCauses {
  /** By the names of both ends; addresses have one name together. */
  readonly #changes = new Map<string, JudgedChange[]>();

  constructor(
    changes: readonly JudgedChange[],
    private readonly unprotected: readonly UnprotectedRow[],
  ) {
    for (const judged of changes) {
      const { source, destination } = judged.change;
      const key = keyOf(source.ref, destination.ref);
      const known = this.#changes.get(key);
      if (known === undefined) this.#changes.set(key, [judged]);
      else known.push(judged);
    }
  }

  /** Empty when the change did not make it so. */
  of(offence: Offence): readonly Cause[] {
    const { kind, source, destination, traffic } = offence;
    if (source === null) {
      const name = displayName(destination);
      const row = this.unprotected.find(({ workload }) => workload === name);
      return (row?.causes ?? []).slice(0, NAMED_CAUSES);
    }
    for (const { change, causes } of this.#changes.get(keyOf(source, destination)) ?? []) {
      const differs = kind === 'DENIED' ? change.closed : change.opened;
      const isMeant =
        commonTraffic(differs, traffic).length > 0 &&
        meet(change.source.ref, source) &&
        meet(change.destination.ref, destination);
      if (isMeant) return causes.slice(0, NAMED_CAUSES);
    }
    return [];
  }
}

function keyOf(source: EndpointRef, destination: EndpointRef): string {
  return [source, destination]
    .map((ref) => (ref.kind === 'external' ? '' : stableName(ref)))
    .join(' → ');
}

/** Whether two ends of equal names have something in common. */
function meet(a: EndpointRef, b: EndpointRef): boolean {
  if (a.kind !== 'external' || b.kind !== 'external') return true;
  const networks = b.cidrs.map(parseCidr);
  return a.cidrs.some((cidr) =>
    networks.some((network) => commonCidr(parseCidr(cidr), network) !== null),
  );
}
