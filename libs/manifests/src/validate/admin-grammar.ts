import type { PolicyKind } from '@portolan/model';
import {
  ADMIN_PEERS,
  type AdminPeerManifest,
  BASELINE_ADMIN_PEERS,
  CLUSTER_PEERS,
} from './admin-peer.js';
import { ADMIN_PORTS, type AdminPortManifest } from './admin-ports.js';
import { CLUSTER_PROTOCOLS } from './cluster-protocols.js';
import type { Entries } from './one-of.js';
import { POD_SELECTIONS } from './pod-selection.js';
import type { ListBounds } from './shape.js';

/** Kinds of `policy.networking.k8s.io`. */
export type AdminPolicyKind = Exclude<PolicyKind, 'NETWORK_POLICY'>;

/** Actions as written. */
export type AdminAction = 'Accept' | 'Allow' | 'Deny' | 'Pass';

/** What tells the kinds of `policy.networking.k8s.io` apart; all else is alike. */
export interface AdminGrammar {
  /** The only name that an object may have; null = any. */
  readonly onlyName: string | null;
  readonly specFields: readonly string[];
  readonly actions: readonly AdminAction[];
  /** Rules of a direction. */
  readonly rules: ListBounds;
  readonly from: Entries<AdminPeerManifest>;
  readonly to: Entries<AdminPeerManifest>;
  readonly portsField: 'ports' | 'protocols';
  readonly ports: Entries<AdminPortManifest>;
}

const SPEC_FIELDS = ['subject', 'ingress', 'egress'];
const FEW = { min: 1, max: 25 };
const MANY = { min: 1, max: 100 };

const V1ALPHA1 = {
  rules: { min: 0, max: 100 },
  from: { forms: POD_SELECTIONS, bounds: MANY },
  portsField: 'ports',
  // Earlier versions of the definitions take an empty list, for all ports.
  ports: { forms: ADMIN_PORTS, bounds: { min: 0, max: 100 } },
} as const;

/**
 * The schemas of the custom resource definitions, of the experimental channel: it has all fields.
 * @see https://github.com/kubernetes-sigs/network-policy-api/tree/main/config/crd/experimental
 */
export const ADMIN_GRAMMARS: Readonly<Record<AdminPolicyKind, AdminGrammar>> = {
  ADMIN_NETWORK_POLICY: {
    ...V1ALPHA1,
    onlyName: null,
    specFields: ['priority', ...SPEC_FIELDS],
    actions: ['Allow', 'Deny', 'Pass'],
    to: { forms: ADMIN_PEERS, bounds: MANY },
  },
  BASELINE_ADMIN_NETWORK_POLICY: {
    ...V1ALPHA1,
    onlyName: 'default',
    specFields: SPEC_FIELDS,
    actions: ['Allow', 'Deny'],
    to: { forms: BASELINE_ADMIN_PEERS, bounds: MANY },
  },
  CLUSTER_NETWORK_POLICY: {
    onlyName: null,
    specFields: ['tier', 'priority', ...SPEC_FIELDS],
    actions: ['Accept', 'Deny', 'Pass'],
    rules: { min: 0, max: 25 },
    from: { forms: POD_SELECTIONS, bounds: FEW },
    to: { forms: CLUSTER_PEERS, bounds: FEW },
    portsField: 'protocols',
    ports: { forms: CLUSTER_PROTOCOLS, bounds: FEW },
  },
};
