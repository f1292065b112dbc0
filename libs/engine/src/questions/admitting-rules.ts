import type { EndpointSelection, RuleMatch, TrafficSet } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { type Peer, reasonOf, type Side } from './reasons.js';
import { isResolved, resolveEndpoint } from './resolve-endpoint.js';
import type { ResolvedEndpoint } from './resolved-endpoint.js';

/** A workload, or a network as the addresses in it that no pod has. */
export type RuleEnd = EndpointSelection & { readonly kind: 'workload' | 'cidr' };

/** Finds the rules that let traffic pass, for many pairs of ends: what an end is in the snapshot is found out once. */
export class AdmittingRules {
  readonly #analysis: Analysis;
  readonly #ends = new Map<string, ResolvedEndpoint | null>();

  /** Policies are taken to be enforced. */
  constructor(analysis: Analysis) {
    this.#analysis = analysis.inForce({ isEnforced: true });
  }

  /** Rules of the source, then of the destination, that admit some of the traffic; none for an end that does not exist. */
  between(from: RuleEnd, to: RuleEnd, traffic: TrafficSet): RuleMatch[] {
    const analysis = this.#analysis;
    analysis.startQuestion();
    const [source, destination] = [this.#end(from), this.#end(to)];
    if (source === null || destination === null) return [];
    const within = analysis.traffic.add(traffic);
    const rulesOf = (direction: 'EGRESS' | 'INGRESS', sides: readonly Side[]): RuleMatch[] => [
      ...reasonOf(analysis, direction, sides, within, false).rules,
    ];
    const [senders, receivers] = [peersOf(from, source), peersOf(to, destination)];
    return [
      ...rulesOf('EGRESS', sidesOf(from, source, receivers)),
      ...rulesOf('INGRESS', sidesOf(to, destination, senders)),
    ];
  }

  #end(selection: RuleEnd): ResolvedEndpoint | null {
    const key = JSON.stringify(selection);
    let end = this.#ends.get(key);
    if (end === undefined) {
      const found = resolveEndpoint(this.#analysis, selection);
      end = isResolved(found) ? found : null;
      this.#ends.set(key, end);
    }
    return end;
  }
}

function peersOf({ kind }: RuleEnd, { classes, external }: ResolvedEndpoint): Peer[] {
  if (kind === 'cidr') return external === null ? [] : [{ atoms: external.atoms }];
  return Array.from(classes, (podClass) => ({ podClass }));
}

/** No policy governs addresses outside the cluster. */
function sidesOf({ kind }: RuleEnd, { classes }: ResolvedEndpoint, peers: readonly Peer[]): Side[] {
  if (kind === 'cidr') return [];
  return Array.from(classes).flatMap((subject) => peers.map((peer) => ({ subject, peer })));
}
