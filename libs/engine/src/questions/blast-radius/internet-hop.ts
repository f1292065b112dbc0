import type { Analysis } from '../../analysis.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { NO_ROW } from '../../snapshot-index.js';
import type { AskedTraffic } from '../asked-traffic.js';
import { trafficWithSomeAddress } from '../external-traffic.js';
import type { ExternalAddresses } from '../resolved-endpoint.js';
import type { Spread } from './spread.js';

/** The pod that reaches some addresses first. */
export interface ReachedAddresses {
  readonly pod: number;
  /** Hops to the addresses. */
  readonly hop: number;
}

/** Who among the reached pods reaches addresses outside the cluster, in the fewest hops; null = nobody within them. */
export function reachAddresses(
  analysis: Analysis,
  { levels }: Spread,
  addresses: ExternalAddresses,
  asked: AskedTraffic,
  maxHops: number,
): ReachedAddresses | null {
  const wanted = asked.ofAddresses();
  if (wanted === NO_TRAFFIC) return null;
  const isOpen = new Map<number, boolean>([[NO_ROW, true]]);
  const { podClass } = analysis.index.pods;
  for (const [hop, pods] of levels.entries()) {
    if (hop >= maxHops) return null;
    for (const pod of pods) {
      const row = analysis.rowOf('EGRESS', podClass[pod]!);
      let open = isOpen.get(row);
      if (open === undefined) {
        const all = trafficWithSomeAddress(analysis, 'EGRESS', podClass[pod]!, addresses.atoms);
        open = analysis.traffic.intersection(all, wanted) !== NO_TRAFFIC;
        isOpen.set(row, open);
      }
      if (open) return { pod, hop: hop + 1 };
    }
  }
  return null;
}
