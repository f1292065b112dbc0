/** Section 1 of the semantics page: which policies a tier has, and in which order they are asked. */
import type { PriorityTie } from '@portolan/model';
import type { AdminKind } from './admin-fields.js';
import type { AdminPolicy, Cluster } from './cluster.js';

export type Tier = 'Admin' | 'Baseline';

const ordered = new WeakMap<Cluster, Readonly<Record<Tier, readonly AdminPolicy[]>>>();

/** The admin policies of a tier, in the order in which they are asked. */
export function tierOf(cluster: Cluster, tier: Tier): readonly AdminPolicy[] {
  let tiers = ordered.get(cluster);
  if (tiers === undefined) {
    const policiesOf = (wanted: Tier): AdminPolicy[] =>
      cluster.adminPolicies
        .filter((policy) => tierOfPolicy(policy) === wanted)
        .sort((a, b) => compare(a, b, cluster.switches.priorityTies));
    ordered.set(
      cluster,
      (tiers = { Admin: policiesOf('Admin'), Baseline: policiesOf('Baseline') }),
    );
  }
  return tiers[tier];
}

function tierOfPolicy({ kind, spec }: AdminPolicy): string {
  switch (kind) {
    case 'AdminNetworkPolicy':
      return 'Admin';
    case 'BaselineAdminNetworkPolicy':
      return 'Baseline';
    case 'ClusterNetworkPolicy':
      return spec.tier ?? '';
  }
}

/** Lower priorities first; equal ones by name, then by kind. What has no priority comes last. */
function compare(a: AdminPolicy, b: AdminPolicy, ties: PriorityTie): number {
  const [first, second] = [priorityOf(a), priorityOf(b)];
  if (first !== second) return first - second;
  if (a.name !== b.name) return a.name < b.name === (ties === 'SMALLER_NAME_FIRST') ? -1 : 1;
  return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);
}

function priorityOf({ kind, spec }: AdminPolicy): number {
  return kind === 'BaselineAdminNetworkPolicy' ? Infinity : (spec.priority ?? Infinity);
}

const KIND_ORDER: readonly AdminKind[] = [
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
];
