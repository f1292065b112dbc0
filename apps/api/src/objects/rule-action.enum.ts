import { registerEnumType } from '@nestjs/graphql';
import type { RuleAction } from '@portolan/model';

export const RuleActionEnum = {
  ALLOW: 'ALLOW',
  DENY: 'DENY',
  PASS: 'PASS',
} as const satisfies Record<RuleAction, RuleAction>;

registerEnumType(RuleActionEnum, {
  name: 'RuleAction',
  description: 'What a rule does with the traffic that it matches.',
  valuesMap: {
    ALLOW: {
      description:
        'Admits it (`Allow`, and `Accept` of a ClusterNetworkPolicy). NetworkPolicy rules do nothing else.',
    },
    DENY: { description: 'Denies it.' },
    PASS: { description: 'Leaves it to the next tier, past all later rules of its own.' },
  },
});
