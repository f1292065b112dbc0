import type { Cidr, NetworksPeer } from '@portolan/model';
import type { PeerAt, PolicyRules } from '../../policy-rules.js';

/** An ipBlock, and where it stands. */
export type IpBlockAt = PeerAt & { readonly peer: NetworksPeer };

/** The ipBlocks of NetworkPolicies, in the order of the snapshot. */
export function* ipBlocks(policies: PolicyRules): Generator<IpBlockAt> {
  for (const at of policies.peers(policies.networkPolicies()))
    if (at.peer.kind === 'networks') yield { ...at, peer: at.peer };
}

/** Whether a block is so wide that it plainly means whoever is outside the cluster, whatever else has an address in it. */
export function isOfTheOutside({ family, prefix }: Cidr): boolean {
  return prefix < (family === 4 ? 8 : 7);
}
