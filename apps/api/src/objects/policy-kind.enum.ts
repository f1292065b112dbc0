import { registerEnumType } from '@nestjs/graphql';

export const PolicyKindEnum = { NETWORK_POLICY: 'NETWORK_POLICY' } as const;
export type PolicyKind = keyof typeof PolicyKindEnum;

registerEnumType(PolicyKindEnum, {
  name: 'PolicyKind',
  description: 'Kinds of policy.',
  valuesMap: { NETWORK_POLICY: { description: 'NetworkPolicy of networking.k8s.io.' } },
});
