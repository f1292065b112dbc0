import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { locateRule } from './locate.js';
import { PolicyRuleModel } from './policy-rule.model.js';
import { toRulePeerModels } from './rule-peer.mapper.js';
import { RulePeerModel } from './rule-peer.model.js';
import { SourceLocationModel } from '../locations/source-location.model.js';

/** What is found through a rule. */
@Resolver(() => PolicyRuleModel)
export class PolicyRuleResolver {
  @ResolveField(() => SourceLocationModel, {
    nullable: true,
    description: 'Where it is declared.',
  })
  location(@Parent() { snapshot, ref }: PolicyRuleModel): Promise<SourceLocationModel | null> {
    return locateRule(snapshot, ref);
  }

  @ResolveField(() => [RulePeerModel], {
    description: 'Peers, resolved in this snapshot; none when the rule admits any peer.',
  })
  peers(@Parent() { snapshot, ref }: PolicyRuleModel): RulePeerModel[] {
    return toRulePeerModels(snapshot, ref);
  }
}
