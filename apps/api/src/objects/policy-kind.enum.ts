import { registerEnumType } from '@nestjs/graphql';
import type { PolicyKind } from '@portolan/model';

export const PolicyKindEnum = {
  NETWORK_POLICY: 'NETWORK_POLICY',
  ADMIN_NETWORK_POLICY: 'ADMIN_NETWORK_POLICY',
  BASELINE_ADMIN_NETWORK_POLICY: 'BASELINE_ADMIN_NETWORK_POLICY',
  CLUSTER_NETWORK_POLICY: 'CLUSTER_NETWORK_POLICY',
} as const satisfies Record<PolicyKind, PolicyKind>;

registerEnumType(PolicyKindEnum, {
  name: 'PolicyKind',
  description: 'Kinds of policy. All but NetworkPolicy are cluster-scoped.',
  valuesMap: {
    NETWORK_POLICY: { description: 'NetworkPolicy of networking.k8s.io/v1.' },
    ADMIN_NETWORK_POLICY: {
      description: 'AdminNetworkPolicy of policy.networking.k8s.io/v1alpha1.',
    },
    BASELINE_ADMIN_NETWORK_POLICY: {
      description:
        'BaselineAdminNetworkPolicy of policy.networking.k8s.io/v1alpha1; there is one, `default`.',
    },
    CLUSTER_NETWORK_POLICY: {
      description:
        'ClusterNetworkPolicy of policy.networking.k8s.io/v1alpha2; of the admin or the baseline tier.',
    },
  },
});
