import {
  type Cidr,
  compareWords,
  type Detection,
  formatCidr,
  type IpAddress,
  lastWords,
  parseAddress,
  parseCidr,
  type SnapshotView,
} from '@portolan/model';
import { type AddressRange, appendRange, cidrsOfRanges } from '../sets/address-ranges.js';
import type { ClusterSigns } from './cluster-signs.js';

/** Ranges of one kind that are worth listing: more of them tell nobody anything. */
const MAX_CIDRS = 256;

/** Where pods, Services and nodes have their addresses. */
export function detectRanges({ view }: ClusterSigns): Detection[] {
  const nodes = Array.from({ length: view.nodeCount }, (_, node) => view.node(node));
  const addresses = nodes.flatMap(({ ips }) => ips);
  const [first] = nodes;
  const ofNodes = nodes.length === 1 && first !== undefined ? `Node ${first.name}` : null;
  const certain = { confidence: 'CERTAIN' } as const;
  const podCidrs = joined(view.clusterTexts('podNetworks').map(parseCidr));
  const serviceCidrs = joined(view.clusterTexts('serviceNetworks').map(parseCidr));
  const nodeCidrs = joined(addresses.map(single));
  const apiServerCidrs = joined(apiServerAddresses(view).map(single));
  return [
    ...isListed(podCidrs, {
      setting: 'podCidrs',
      value: podCidrs,
      reason: '`spec.podCIDRs` of the Nodes',
      object: ofNodes,
      ...certain,
    }),
    ...isListed(serviceCidrs, {
      setting: 'serviceCidrs',
      value: serviceCidrs,
      reason: '`spec.cidrs` of the ServiceCIDRs',
      object: null,
      ...certain,
    }),
    ...isListed(nodeCidrs, {
      setting: 'nodeCidrs',
      value: nodeCidrs,
      reason: '`status.addresses` of the Nodes',
      object: ofNodes,
      ...certain,
    }),
    ...isListed(apiServerCidrs, {
      setting: 'apiServerCidrs',
      value: apiServerCidrs,
      reason: 'its cluster IPs, and the addresses behind it, where the snapshot has them',
      object: 'Service default/kubernetes',
      ...certain,
    }),
  ];
}

/** The control plane keeps a Service for its API server, without a selector. */
function apiServerAddresses(view: SnapshotView): IpAddress[] {
  const index = view.services.find(view.findNamespace('default'), 'kubernetes');
  if (index < 0) return [];
  const { selector, clusterIPs, endpoints } = view.services.at(index).spec;
  if (selector !== null) return [];
  const behind = endpoints.flatMap(({ addresses }) => addresses.map(({ ip }) => ip));
  return [...clusterIPs, ...behind].map(parseAddress);
}

function isListed(cidrs: readonly string[], detection: Detection): Detection[] {
  return cidrs.length > 0 && cidrs.length <= MAX_CIDRS ? [detection] : [];
}

function single({ family, words }: IpAddress): Cidr {
  return { family, words, prefix: family === 4 ? 32 : 128 };
}

/** The fewest CIDRs that have exactly the same addresses. */
function joined(cidrs: readonly Cidr[]): string[] {
  const sorted = [...cidrs].sort(
    (a, b) => a.family - b.family || compareWords(a.words, b.words) || a.prefix - b.prefix,
  );
  const ranges: AddressRange[] = [];
  for (const cidr of sorted) {
    const before = ranges.at(-1);
    const last = lastWords(cidr);
    const isInside = before?.family === cidr.family && compareWords(last, before.last) <= 0;
    if (!isInside) appendRange(ranges, { family: cidr.family, first: cidr.words, last });
  }
  return cidrsOfRanges(ranges).map(formatCidr);
}
