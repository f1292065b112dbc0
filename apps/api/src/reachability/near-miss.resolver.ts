import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toPolicyRuleModel } from '../objects/policy-rule.mapper.js';
import { PolicyRuleModel } from '../objects/policy-rule.model.js';
import { toPolicyModel } from '../objects/policy.mapper.js';
import { PolicyModel } from '../objects/policy.model.js';
import { NearMissModel } from './near-miss.model.js';

@Resolver(() => NearMissModel)
export class NearMissResolver {
  @ResolveField(() => PolicyModel, { description: 'Policy.' })
  policy(@Parent() { snapshot, ref }: NearMissModel): PolicyModel {
    return toPolicyModel(snapshot, ref.policy);
  }

  @ResolveField(() => PolicyRuleModel, { description: 'Rule.' })
  rule(@Parent() { snapshot, ref }: NearMissModel): PolicyRuleModel {
    return toPolicyRuleModel(snapshot, ref);
  }
}
