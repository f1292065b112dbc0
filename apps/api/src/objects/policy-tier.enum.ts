import { registerEnumType } from '@nestjs/graphql';
import type { PolicyTier } from '@portolan/model';

export const PolicyTierEnum = {
  ADMIN: 'ADMIN',
  NETWORK_POLICY: 'NETWORK_POLICY',
  BASELINE: 'BASELINE',
} as const satisfies Record<PolicyTier, PolicyTier>;

registerEnumType(PolicyTierEnum, {
  name: 'PolicyTier',
  description: 'When a policy is asked: the first tier that decides about a connection wins.',
  valuesMap: {
    ADMIN: {
      description:
        'First, by priority. What no rule matches, and what a rule passes, goes on to NETWORK_POLICY.',
    },
    NETWORK_POLICY: {
      description:
        'NetworkPolicies. They decide for every pod that one of them isolates in the direction; only other pods go on to BASELINE.',
    },
    BASELINE: { description: 'Last, by priority. What no rule matches is allowed.' },
  },
});
