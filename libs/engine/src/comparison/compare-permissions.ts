import {
  type Caveat,
  DIRECTIONS,
  type EndpointRef,
  invariant,
  parseCidr,
  type TrafficSet,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { SharedTraffic } from '../diff/shared-traffic.js';
import { riskOfEnds } from '../diff/summary.js';
import { Caveats } from '../questions/caveats.js';
import { refOf } from '../questions/grouping.js';
import { hasPublicAddress } from '../questions/public-addresses.js';
import { allAccessCaveats } from '../questions/side-caveats.js';
import type { PermissionKind } from './breaking-traffic.js';
import {
  type Counterexample,
  LISTED_COUNTEREXAMPLES,
  type PolicyRelation,
} from './compare-policies.js';
import { PermittedAddresses } from './permitted-addresses.js';
import { PermittedPods } from './permitted-pods.js';
import { PodUnits } from './pod-units.js';

/** Such a relation, with what it rests on. */
export interface PermissionRelation extends PolicyRelation {
  readonly caveats: readonly Caveat[];
}

/**
 * Tells whether one policy set permits or forbids what another one explicitly permits: a connection that the policies of `a` deny at
 * neither end, and that a rule of theirs allows at one end at least. Both sets are of the same pods. A counterexample is by workload:
 * what some pair of their pods may exchange.
 */
export function comparePermissions(
  a: Analysis,
  b: Analysis,
  kind: PermissionKind,
): PermissionRelation {
  invariant(a.view.podCount === b.view.podCount, 'both policy sets are of the same pods');
  a.startQuestion();
  b.startQuestion();
  const traffic = new SharedTraffic();
  const units = new PodUnits(a, b);
  const pods = new PermittedPods(a, b, kind, traffic, units);
  const addresses = new PermittedAddresses(a, b, kind, traffic, units);
  const found = new FoundCounterexamples(kind);
  for (const workload of units.workloads) {
    const ref = refOf(b, 'WORKLOAD', workload);
    for (const [source, id] of pods.towards(workload))
      found.add(refOf(b, 'WORKLOAD', source), ref, traffic.get(id));
    for (const direction of DIRECTIONS)
      for (const { cidrs, id } of addresses.of(direction, workload)) {
        const outside = externalRef(cidrs);
        const [source, destination] = direction === 'INGRESS' ? [outside, ref] : [ref, outside];
        found.add(source, destination, traffic.get(id));
      }
  }
  const caveats = new Caveats(b);
  for (const side of [a, b]) allAccessCaveats(side, true, caveats);
  caveats.addIf(pods.restsOnNodes || addresses.restsOnNodes, 'NODE_LOCAL_ALWAYS_ALLOWED');
  return { ...found.relation(), caveats: caveats.list() };
}

/** Counts counterexamples, and keeps the riskiest. */
class FoundCounterexamples {
  #count = 0;
  /** By risk, in the order in which they were found. */
  readonly #byRisk: Counterexample[][] = [];

  constructor(private readonly kind: PermissionKind) {}

  add(source: EndpointRef, destination: EndpointRef, traffic: TrafficSet): void {
    this.#count++;
    const some = (this.#byRisk[riskOfEnds(source, destination)] ??= []);
    if (some.length === LISTED_COUNTEREXAMPLES) return;
    some.push({
      source: { side: 'HEAD', ref: source },
      destination: { side: 'HEAD', ref: destination },
      onlyA: this.kind === 'PERMITS' ? traffic : [],
      onlyB: [],
      both: this.kind === 'FORBIDS' ? traffic : [],
    });
  }

  relation(): PolicyRelation {
    const counterexamples = this.#byRisk.reverse().flat().slice(0, LISTED_COUNTEREXAMPLES);
    return { holds: this.#count === 0, counterexamples, counterexampleCount: this.#count };
  }
}

function externalRef(cidrs: readonly string[]): EndpointRef {
  return {
    kind: 'external',
    cidrs,
    includesInternet: cidrs.some((cidr) => hasPublicAddress(parseCidr(cidr))),
  };
}
