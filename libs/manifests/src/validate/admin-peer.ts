import type { LabelSelector } from '@portolan/model';
import { type DomainNamesManifest, readDomainNames } from './domain-names.js';
import { readLabelSelector } from './label-selector.js';
import { type NetworksManifest, readNetworks, readPlainNetworks } from './networks.js';
import type { FormReader, Forms } from './one-of.js';
import { POD_SELECTIONS, type PodSelectionManifest } from './pod-selection.js';
import { pruneInSelector } from './unknown-fields.js';

/** An entry of `from` or `to` as written. */
export type AdminPeerManifest =
  | PodSelectionManifest
  | NetworksManifest
  | NodesManifest
  | DomainNamesManifest
  /** Nothing in it is known. */
  | { readonly kind: 'unknown' };

/** `nodes` of a peer. */
export interface NodesManifest {
  readonly kind: 'nodes';
  readonly selector: LabelSelector;
}

const readNodes: FormReader<NodesManifest> = (value, path, findings) => ({
  kind: 'nodes',
  selector: readLabelSelector(value, path, findings, pruneInSelector) ?? [],
});

/**
 * Peers of egress rules by kind; those of ingress rules are pods only (`POD_SELECTIONS`).
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export const BASELINE_ADMIN_PEERS: Forms<AdminPeerManifest> = {
  ...POD_SELECTIONS,
  nodes: readNodes,
  networks: readPlainNetworks,
};
export const ADMIN_PEERS: Forms<AdminPeerManifest> = {
  ...BASELINE_ADMIN_PEERS,
  domainNames: readDomainNames,
};
export const CLUSTER_PEERS: Forms<AdminPeerManifest> = { ...ADMIN_PEERS, networks: readNetworks };
