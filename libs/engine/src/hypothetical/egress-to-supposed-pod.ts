import {
  type HypotheticalPod,
  matchesSelector,
  NAMESPACE_NAME_LABEL,
  rulesOf,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { FULL_TRAFFIC } from '../sets/traffic-sets.js';
import { EVERYONE, NO_ROW } from '../snapshot-index.js';

/**
 * What a class may send to a pod that need not exist, as far as its own policies are concerned: a traffic set. In less time than an
 * index with that pod takes, and in rough: of rules that name ports only those for everyone count.
 */
export function egressToSupposedPod(
  analysis: Analysis,
  podClass: number,
  { namespace, namespaceLabels, labels }: HypotheticalPod,
): number {
  const row = analysis.rowOf('EGRESS', podClass);
  if (row === NO_ROW) return FULL_TRAFFIC;
  const { view, index } = analysis;
  const { entryClasses, entryRule, entryPeer, policy } = index.compiled;
  const known = view.findNamespace(namespace);
  const ofNamespace = new Map(
    Object.entries(
      known >= 0
        ? view.namespace(known).labels
        : { ...namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace },
    ),
  );
  const ofPod = new Map(Object.entries(labels));
  const matching = new Set<number>();
  analysis.eachEntry('EGRESS', row, (entry, compiled) => {
    const { spec, namespace: own } = view.policy(policy[compiled]!);
    const peer = rulesOf(spec, 'EGRESS')[entryRule[entry]!]?.peers?.[entryPeer[entry]!];
    if (entryClasses[entry] === EVERYONE) matching.add(entry);
    else if (peer?.kind === 'pods') {
      const { namespaceSelector, podSelector } = peer;
      const isThere =
        namespaceSelector === null
          ? own === known && known >= 0
          : matchesSelector(ofNamespace, namespaceSelector);
      if (isThere && matchesSelector(ofPod, podSelector)) matching.add(entry);
    }
  });
  return analysis.rowTraffic('EGRESS', row, (entry) => matching.has(entry));
}
