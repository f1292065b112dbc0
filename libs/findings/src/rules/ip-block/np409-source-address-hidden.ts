import { NO_TRAFFIC, type PublishedService } from '@portolan/engine';
import { commonCidr, parseCidr } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule, Found } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';
import { type IpBlockAt, ipBlocks } from './ip-blocks.js';

/** Clients are admitted by their addresses, and the pods never see them. */
export const SOURCE_ADDRESS_HIDDEN: FindingRule = {
  id: 'NP409',
  name: 'source-address-hidden',
  category: 'IP_BLOCK',
  severity: 'HIGH',
  description:
    'An ipBlock admits public addresses to pods that clients reach through a node or an ingress controller, whose address the pods see.',
  remediation: 'Set `externalTrafficPolicy: Local` on the Service, or limit the clients there.',
  needsCompleteSnapshot: false,
  find(context, report) {
    if (context.view.services.count === 0) return;
    for (const at of ipBlocks(context.policies)) {
      if (at.direction !== 'INGRESS' || at.peer.cidrs.some((cidr) => cidr.endsWith('/0'))) continue;
      const { ipv4, ipv6 } = context.addresses.countPublic(context.addresses.atomsOfPeer(at.peer));
      if (ipv4 + ipv6 === 0 || hasNodes(context, at)) continue;
      const found = hiddenBy(context, at);
      if (found !== null) report(found);
    }
  },
};

/** Whether a block has the nodes, too, so that it matches what they pass on. */
function hasNodes({ profile }: FindingContext, { peer }: IpBlockAt): boolean {
  const nodes = profile.nodeCidrs.map(parseCidr);
  return peer.cidrs
    .map(parseCidr)
    .some((cidr) => nodes.some((node) => commonCidr(cidr, node) !== null));
}

function hiddenBy(context: FindingContext, at: IpBlockAt): Found | null {
  const { rows, publishing, view, profile } = context;
  const classes = rows.subjects('INGRESS', at.policy.index);
  const services = rows.workloads(classes).map((workload) => publishing.servicesOf(workload));
  // Where the pods of one workload see the clients, the block is for them.
  if (services.flat().some(({ service }) => service.spec.externalTrafficPolicy === 'Local'))
    return null;
  const published = services.flat().find((one) => isNeeded(context, at, one));
  if (published === undefined) return null;
  const name = objectName(view, { kind: 'SERVICE', index: published.service.index });
  const isDoor = isPublishedItself(published);
  return {
    object: { kind: 'POLICY', index: at.policy.index },
    place: { direction: 'INGRESS', rule: at.at, peer: at.peerAt, port: null },
    key: `${at.peer.cidrs.join(' ')} ${name}`,
    message: isDoor
      ? `Clients come through ${name}, whose externalTrafficPolicy is Cluster: the pods see the address of a node, which ${at.peer.cidrs.join(', ')} has not.`
      : `Clients come through the ingress controller in front of ${name}: the pods see its address, which ${at.peer.cidrs.join(', ')} has not.`,
    // Cilium may hand over the client's address; so do some load balancers that lead to pods directly.
    confidence: profile.enforcement === 'CILIUM' ? 'POSSIBLE' : 'LIKELY',
    fix: {
      text: isDoor
        ? `Set externalTrafficPolicy: Local on ${name}, or limit its clients with loadBalancerSourceRanges.`
        : 'Admit the pods of the controller here, and limit the clients there.',
      yaml: null,
      edits: [],
    },
  };
}

function isPublishedItself({ service: { spec } }: PublishedService): boolean {
  return spec.type === 'LoadBalancer' || spec.type === 'NodePort' || spec.externalIPs.length > 0;
}

/** Whether the block is to let clients of a Service to its pods, which nobody else may reach from everywhere. */
function isNeeded(
  { analysis, addresses, rows }: FindingContext,
  { policy, at, peerAt, peer }: IpBlockAt,
  { pods, ports, service }: PublishedService,
): boolean {
  const { traffic } = analysis;
  const { podClass } = analysis.index.pods;
  const behind = new Set(pods.map((pod) => podClass[pod]!));
  return rows
    .subjects('INGRESS', policy.index)
    .filter((one) => behind.has(one))
    .some((one) => {
      const asked = ports.ofClass(one, service.spec.ports);
      const own = addresses
        .admitting('INGRESS', one, addresses.atomsOfPeer(peer), asked)
        .find(
          (match) => match.policy === policy.index && match.rule === at && match.peer === peerAt,
        );
      const anyway = addresses.withEach('INGRESS', one, addresses.everywhere);
      return traffic.difference(traffic.add(own?.traffic ?? []), anyway) !== NO_TRAFFIC;
    });
}
