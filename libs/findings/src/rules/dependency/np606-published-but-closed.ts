import { serviceTargets, trafficWithNetworks } from '@portolan/engine';
import { formatTraffic, type ServiceSpec } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { ByRow, isCommon } from './admitted.js';

/** Services that are there for clients outside, in front of pods that admit none. */
export const PUBLISHED_BUT_CLOSED: FindingRule = {
  id: 'NP606',
  name: 'published-but-closed',
  category: 'DEPENDENCY',
  severity: 'MEDIUM',
  description: 'A LoadBalancer or NodePort Service whose pods admit no address outside the pods.',
  remediation: 'Allow ingress from the clients, or make it a ClusterIP Service.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { analysis, view, profile } = context;
    if (profile.isEnforced === false) return;
    const fromAddresses = new ByRow(analysis, 'INGRESS', (podClass) =>
      trafficWithNetworks(analysis, 'INGRESS', podClass, null),
    );
    for (let index = 0; index < view.services.count; index++) {
      const { spec } = view.services.at(index);
      if (!isPublished(spec)) continue;
      const wanted = closedTraffic(context, fromAddresses, index);
      if (wanted === null) continue;
      report({
        object: { kind: 'SERVICE', index },
        key: spec.type,
        message: `Published as ${spec.type}, and its pods admit no address outside the pods on ${formatTraffic(analysis.traffic.get(wanted))}.`,
        // A pod always admits its own node, by way of which some requests may come.
        confidence: 'LIKELY',
        fix: {
          text: 'Allow ingress from the addresses of the clients (with externalTrafficPolicy: Cluster from those of the nodes) as ipBlocks, or make the Service a ClusterIP.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

function isPublished({ type }: ServiceSpec): boolean {
  return type === 'LoadBalancer' || type === 'NodePort';
}

/** The traffic that the ports of a Service are for, when no pod behind it admits an address; else null. */
function closedTraffic(
  { analysis }: FindingContext,
  fromAddresses: ByRow<number>,
  service: number,
): number | null {
  let all = analysis.traffic.add([]);
  const none = all;
  for (const [podClass, wanted] of serviceTargets(analysis, service)) {
    if (wanted === none) continue;
    const admitted = fromAddresses.of(podClass);
    if (admitted === null || isCommon(analysis, admitted, wanted)) return null;
    all = analysis.traffic.union(all, wanted);
  }
  return all === none ? null : all;
}
