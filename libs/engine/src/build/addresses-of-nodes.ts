import {
  formatAddress,
  type IpAddress,
  matchesSelector,
  type NodesPeer,
  type SnapshotView,
} from '@portolan/model';

/** The addresses of the nodes that a peer selects, as networks of one address. */
export function addressesOfNodes(view: SnapshotView, { selector }: NodesPeer): string[] {
  return Array.from({ length: view.nodeCount }, (_, node) => view.node(node))
    .filter(({ labels }) => matchesSelector(new Map(Object.entries(labels)), selector))
    .flatMap(({ ips }) => ips.map(networkOfOne));
}

function networkOfOne(address: IpAddress): string {
  return `${formatAddress(address)}/${address.family === 4 ? '32' : '128'}`;
}
