import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toPolicyRuleModel } from '../objects/policy-rule.mapper.js';
import { PolicyRuleModel } from '../objects/policy-rule.model.js';
import { toPolicyModel } from '../objects/policy.mapper.js';
import { PolicyModel } from '../objects/policy.model.js';
import { RuleMatchModel } from './rule-match.model.js';

/** The policy and rule that matched. */
@Resolver(() => RuleMatchModel)
export class RuleMatchResolver {
  @ResolveField(() => PolicyModel, { description: 'The policy that has the rule.' })
  policy(@Parent() { snapshot, ref }: RuleMatchModel): PolicyModel {
    return toPolicyModel(snapshot, ref.policy);
  }

  @ResolveField(() => PolicyRuleModel, { description: 'The rule that matched.' })
  rule(@Parent() { snapshot, ref }: RuleMatchModel): PolicyRuleModel {
    return toPolicyRuleModel(snapshot, ref);
  }
}
