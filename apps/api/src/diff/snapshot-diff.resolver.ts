import { Inject } from '@nestjs/common';
import { Args, Extensions, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toWorkloadModel } from '../objects/workload.mapper.js';
import { WorkloadModel } from '../objects/workload.model.js';
import { type Connection, toConnection } from '../relay/connection.js';
import { PageArgs } from '../relay/page.args.js';
import { readPage, slicePage } from '../relay/page.js';
import { toSnapshotModel } from '../snapshots/snapshot.mapper.js';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import { AccessChangeConnection, type AccessChangeModel } from './access-change.model.js';
import { AccessChangesArgs } from './diff.args.js';
import { MAX_UNPROTECTED } from './diff-limits.js';
import { toAccessChangeModel, toObjectChangeModel } from './diff.mapper.js';
import { DiffService } from './diff.service.js';
import { filterChanges } from './filter-changes.js';
import { ObjectChangeConnection, type ObjectChangeModel } from './object-change.model.js';
import { SnapshotDiffModel } from './snapshot-diff.model.js';

/** The lists of a diff. */
@Resolver(() => SnapshotDiffModel)
export class SnapshotDiffResolver {
  constructor(@Inject(DiffService) private readonly diffs: DiffService) {}

  @ResolveField(() => SnapshotModel, {
    description: 'The snapshot that is compared with: the state before.',
  })
  base(@Parent() { sides }: SnapshotDiffModel): SnapshotModel {
    return toSnapshotModel(sides.base.row);
  }

  @ResolveField(() => SnapshotModel, {
    description: 'The snapshot that is compared: the state after.',
  })
  head(@Parent() { sides }: SnapshotDiffModel): SnapshotModel {
    return toSnapshotModel(sides.head.row);
  }

  @ResolveField(() => AccessChangeConnection, {
    description:
      'Changes of access, riskiest first: what only opened, then what opened some traffic and closed other, closings last; in each of these what comes from the internet, then what goes to the internet, what crosses namespaces, and the rest. At most 20000 openings and 20000 closings are listed; the diff has the caveat RESULT_TRUNCATED when there are more. A grouping other than WORKLOAD is a diff of its own; `summary` stays by workload.',
    complexity: 10,
  })
  async changes(
    @Parent() { sides, options }: SnapshotDiffModel,
    @Args({ type: () => AccessChangesArgs }) args: AccessChangesArgs,
  ): Promise<Connection<AccessChangeModel>> {
    const page = readPage(args);
    const { groupBy } = args;
    const { changes, objectChanges } = await this.diffs.compare(sides, { ...options, groupBy });
    const found = filterChanges(changes, args.filter);
    const nodes = slicePage(found, page).map((change) =>
      toAccessChangeModel(sides, change, objectChanges),
    );
    return toConnection(nodes, found.length, page);
  }

  @ResolveField(() => ObjectChangeConnection, {
    description: 'Objects that were added, removed or changed.',
  })
  objectChanges(
    @Parent() { sides, answer }: SnapshotDiffModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Connection<ObjectChangeModel> {
    const page = readPage(args);
    const nodes = slicePage(answer.objectChanges, page);
    return toConnection(
      nodes.map((change) => toObjectChangeModel(sides, change)),
      answer.objectChanges.length,
      page,
    );
  }

  @Extensions({ maxLength: MAX_UNPROTECTED })
  @ResolveField(() => [WorkloadModel], {
    description: `Workloads of the head that lost all isolation by NetworkPolicies in some direction, by name: the first ${MAX_UNPROTECTED}. The diff has the caveat RESULT_TRUNCATED when there are more; \`summary.newlyUnprotected\` counts all.`,
  })
  newlyUnprotected(@Parent() { sides, answer }: SnapshotDiffModel): WorkloadModel[] {
    const listed = answer.newlyUnprotected.slice(0, MAX_UNPROTECTED);
    return listed.map((workload) => toWorkloadModel(sides.head, workload));
  }
}
