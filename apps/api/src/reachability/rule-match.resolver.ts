import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { locateRule } from '../objects/locate.js';
import { toPolicyRuleModel } from '../objects/policy-rule.mapper.js';
import { PolicyRuleModel } from '../objects/policy-rule.model.js';
import { toPolicyModel } from '../objects/policy.mapper.js';
import { PolicyModel } from '../objects/policy.model.js';
import { RuleMatchModel } from './rule-match.model.js';

/** The policy and rule that matched, and where. */
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

  @ResolveField(() => SourceLocationModel, {
    nullable: true,
    description: 'Where the peer that matched is declared; of a rule without peers, the rule.',
  })
  location(@Parent() { snapshot, ref }: RuleMatchModel): Promise<SourceLocationModel | null> {
    return locateRule(snapshot, ref);
  }
}
