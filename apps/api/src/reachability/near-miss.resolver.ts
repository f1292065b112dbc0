import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toPolicyRuleModel } from '../objects/policy-rule.mapper.js';
import { PolicyRuleModel } from '../objects/policy-rule.model.js';
import { toPolicyModel } from '../objects/policy.mapper.js';
import { PolicyModel } from '../objects/policy.model.js';
import { NearMissModel } from './near-miss.model.js';

/** The policy and rule that came close. */
@Resolver(() => NearMissModel)
export class NearMissResolver {
  @ResolveField(() => PolicyModel, { description: 'The policy that has the rule.' })
  policy(@Parent() { snapshot, ref }: NearMissModel): PolicyModel {
    return toPolicyModel(snapshot, ref.policy);
  }

  @ResolveField(() => PolicyRuleModel, { description: 'The rule that came close.' })
  rule(@Parent() { snapshot, ref }: NearMissModel): PolicyRuleModel {
    return toPolicyRuleModel(snapshot, ref);
  }
}
