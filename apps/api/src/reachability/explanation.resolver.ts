import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { explanationText } from '@portolan/engine';
import { toPolicyModel } from '../objects/policy.mapper.js';
import { PolicyModel } from '../objects/policy.model.js';
import { ExplanationModel, SideExplanationModel } from './explanation.model.js';

/** An explanation in words. */
@Resolver(() => ExplanationModel)
export class ExplanationResolver {
  @ResolveField(() => String, {
    description: 'In plain words (Markdown), with file and line of each rule.',
  })
  async text(@Parent() { snapshot, answer }: ExplanationModel): Promise<string> {
    const sources = await snapshot.sources();
    return explanationText(snapshot.analysis, answer, (rule) => {
      const location = sources.locateRule(rule);
      return location === null ? null : `${location.path}:${String(location.startLine)}`;
    });
  }
}

/** The policies that isolate one side. */
@Resolver(() => SideExplanationModel)
export class SideExplanationResolver {
  @ResolveField(() => [PolicyModel], { description: 'NetworkPolicies that isolate it.' })
  isolatedBy(@Parent() { snapshot, isolating }: SideExplanationModel): PolicyModel[] {
    return isolating.map((policy) => toPolicyModel(snapshot, policy));
  }
}
