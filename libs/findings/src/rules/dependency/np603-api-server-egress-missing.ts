import { NO_CLASS, selectPods, trafficWithNetworks } from '@portolan/engine';
import { apiClients, type PortRange } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { ByRow, classesOf, isAdmitted, isCommon } from './admitted.js';
import { readSelector, single } from './dns-servers.js';

/** Ports at which API servers listen: of their Service, and of the servers themselves. */
const API_PORTS = [443, 6443, 8443, 16443];

/** Pods that have a token for the Kubernetes API and may not send anything there. */
export const API_SERVER_EGRESS_MISSING: FindingRule = {
  id: 'NP603',
  name: 'api-server-egress-missing',
  category: 'DEPENDENCY',
  severity: 'HIGH',
  description:
    'A workload has the token of a service account with a role, and policies keep it from the API server.',
  remediation:
    'Allow egress to the addresses of the API server; it is no pod that a selector could match.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { analysis, profile } = context;
    if (profile.isEnforced === false) return;
    const clients = [...apiClients(analysis.view)];
    if (clients.length === 0) return;
    const reaches = new ByRow(analysis, 'EGRESS', reachOf(context));
    const addresses = profile.apiServerCidrs;
    for (const { workload, account, binding, isByGroup } of clients) {
      const classes = classesOf(analysis, workload);
      if (classes.length === 0 || classes.some((one) => reaches.of(one) ?? true)) continue;
      const where = addresses.length > 0 ? addresses.join(', ') : 'an address on TCP 443 or 6443';
      // The default account is that of whoever named none, and a group has whoever is there.
      const isVague = isByGroup || account === 'default';
      report({
        object: { kind: 'WORKLOAD', index: workload },
        key: 'api-server',
        message: `Uses the Kubernetes API (service account ${account}, ${binding}) and cannot reach it: nothing admits ${where}.`,
        ...(isVague ? { severity: 'LOW' } : {}),
        confidence: isVague ? 'POSSIBLE' : 'LIKELY',
        fix: {
          text: 'Allow egress to the addresses of the API server as ipBlocks, or mount no token (automountServiceAccountToken: false) where it does not use the API.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

/** Whether the policies of a row let something pass to where the API server may be. */
function reachOf({
  analysis,
  view,
  profile,
}: FindingContext): (podClass: number, row: number) => boolean {
  const at = view.services.find(view.findNamespace('default'), 'kubernetes');
  const spec = at < 0 ? null : view.services.at(at).spec;
  const listening = (spec?.endpoints ?? []).flatMap(({ ports }) =>
    ports.flatMap(({ port }) => port ?? []),
  );
  const wanted = analysis.traffic.add(
    [...new Set([...API_PORTS, ...listening])].map((port): PortRange => {
      return { protocol: 'TCP', from: port, to: port };
    }),
  );
  const own = new Set((spec?.clusterIPs ?? []).map(single));
  // The cluster IP is translated before most plugins look: alone it says little of where the server is.
  const isKnown = profile.apiServerCidrs.some((cidr) => !own.has(cidr));
  const asked = isKnown ? profile.apiServerCidrs : null;
  const { podClass } = analysis.index.pods;
  const servers = new Set(
    selectPods(analysis, null, readSelector('component=kube-apiserver'))
      .map((pod) => podClass[pod]!)
      .filter((one) => one !== NO_CLASS && !analysis.isNode(one)),
  );
  return (subject, row) =>
    isCommon(analysis, trafficWithNetworks(analysis, 'EGRESS', subject, asked), wanted) ||
    analysis.facts.rowUsesNames('EGRESS', row) ||
    [...servers].some((server) => isAdmitted(analysis, 'EGRESS', subject, server, wanted));
}
