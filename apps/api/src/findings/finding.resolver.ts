import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { locateFinding, locateObject } from '@portolan/review';
import { CaveatModel } from '../caveats/caveat.model.js';
import { toSourceLocationModel } from '../locations/source-location.mapper.js';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { KubernetesObjectModel } from '../objects/kubernetes-object.model.js';
import type { ObjectModel } from '../objects/object.model.js';
import type { Connection } from '../relay/connection.js';
import { PageArgs } from '../relay/page.args.js';
import { readPage } from '../relay/page.js';
import {
  type CountedFindings,
  FindingConnection,
  FindingSubjectConnection,
  SeverityCountsModel,
} from './finding.connection.js';
import { toObjectModel, toSubjectConnection } from './finding.mapper.js';
import { FindingModel, FindingSubjectModel } from './finding.model.js';

const NO_OBJECT =
  'null for a document that did not become an object, and for Nodes, Gateways and kinds that are not indexed.';

/** What findings are about. */
@Resolver(() => FindingModel)
export class FindingResolver {
  @ResolveField(() => KubernetesObjectModel, {
    nullable: true,
    description: `The first object that has it; ${NO_OBJECT}`,
  })
  object(@Parent() { snapshot, finding }: FindingModel): ObjectModel | null {
    return toObjectModel(snapshot, finding.object);
  }

  @ResolveField(() => SourceLocationModel, {
    nullable: true,
    description:
      'Where: the rule of the policy, or the object; null when only other objects tell of it.',
  })
  async location(
    @Parent() { snapshot, finding }: FindingModel,
  ): Promise<SourceLocationModel | null> {
    const location = locateFinding(await snapshot.sources(), finding);
    return location === null ? null : toSourceLocationModel(location);
  }

  @ResolveField(() => FindingSubjectConnection, {
    description: 'Further objects that have it, in the order of the snapshot.',
  })
  others(
    @Parent() finding: FindingModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Connection<FindingSubjectModel> {
    return toSubjectConnection(finding, readPage(args));
  }
}

/** The further objects of findings. */
@Resolver(() => FindingSubjectModel)
export class FindingSubjectResolver {
  @ResolveField(() => KubernetesObjectModel, {
    nullable: true,
    description: `The object; ${NO_OBJECT}`,
  })
  object(@Parent() { snapshot, about }: FindingSubjectModel): ObjectModel | null {
    return toObjectModel(snapshot, about);
  }

  @ResolveField(() => SourceLocationModel, {
    nullable: true,
    description: 'Where it is declared; null when only other objects tell of it.',
  })
  async location(
    @Parent() { snapshot, about }: FindingSubjectModel,
  ): Promise<SourceLocationModel | null> {
    const location = locateObject(await snapshot.sources(), about);
    return location === null ? null : toSourceLocationModel(location);
  }
}

/** What is said about all pages of findings. */
@Resolver(() => FindingConnection)
export class FindingConnectionResolver {
  @ResolveField(() => SeverityCountsModel, {
    description: 'Findings on all pages, by severity: those that the filter admits.',
  })
  countsBySeverity(@Parent() { countsBySeverity }: CountedFindings): SeverityCountsModel {
    return countsBySeverity;
  }

  @ResolveField(() => [CaveatModel], { description: 'What the findings rest on.' })
  caveats(@Parent() { caveats }: CountedFindings): readonly CaveatModel[] {
    return caveats;
  }
}
