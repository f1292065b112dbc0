import { registerEnumType } from '@nestjs/graphql';

export const RuleActionEnum = { ALLOW: 'ALLOW' } as const;
export type RuleAction = keyof typeof RuleActionEnum;

registerEnumType(RuleActionEnum, {
  name: 'RuleAction',
  description: 'What a rule does.',
  valuesMap: { ALLOW: { description: 'Admits the traffic. NetworkPolicy rules do nothing else.' } },
});
