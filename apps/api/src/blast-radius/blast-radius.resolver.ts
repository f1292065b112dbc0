import { Inject } from '@nestjs/common';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { BlastRadius } from '@portolan/model';
import { snapshotCaveats } from '@portolan/report';
import { toCaveatModels } from '../caveats/caveat.mapper.js';
import { EndpointInput } from '../endpoints/endpoint.input.js';
import { readEndpoint } from '../endpoints/read-endpoint.js';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { IndexCache } from '../indexes/index-cache.js';
import { toEndpointModel } from '../objects/endpoint.mapper.js';
import {
  toAccessConnection,
  toAllowedAccessModels,
} from '../reachability/allowed-access.mapper.js';
import {
  type AccessConnection,
  AllowedAccessConnection,
} from '../reachability/allowed-access.connection.js';
import { AllowedAccessModel } from '../reachability/allowed-access.model.js';
import { isEnforced } from '../reachability/assume-enforced.js';
import { ReachabilityService } from '../reachability/reachability.service.js';
import { readTraffic } from '../reachability/read-traffic.js';
import { PageArgs } from '../relay/page.args.js';
import { readPage } from '../relay/page.js';
import { newModel } from '../schema/new-model.js';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import { BlastRadiusArgs } from './blast-radius.args.js';
import { type AskedRadius, BlastRadiusHopModel, BlastRadiusModel } from './blast-radius.model.js';

const MAX_HOPS = 1_000;

/** How far something spreads in a snapshot. */
@Resolver(() => SnapshotModel)
export class SnapshotBlastRadiusResolver {
  constructor(
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(ReachabilityService) private readonly reachability: ReachabilityService,
  ) {}

  @ResolveField(() => BlastRadiusModel, {
    description:
      'What can be reached from the source in several steps: what an intruder there could get at, for all that policies do.',
    complexity: 20,
  })
  async blastRadius(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => BlastRadiusArgs }) args: BlastRadiusArgs,
  ): Promise<BlastRadiusModel> {
    const snapshot = await this.indexes.get(row);
    const maxHops = readHops(args.maxHops);
    const question = {
      source: readEndpoint(snapshot, args.source, 'source'),
      traffic: readTraffic(args.traffic, 'traffic'),
      maxHops,
      hosts: args.hosts,
      isEnforced: isEnforced(snapshot, args.assumeEnforced),
      rowsOfHop: null,
      pathTo: null,
    };
    const asked: AskedRadius = { snapshot, question };
    return toModel(asked, await ask(this.reachability, asked));
  }
}

/** The steps to the workloads of a hop. */
@Resolver(() => BlastRadiusHopModel)
export class BlastRadiusHopResolver {
  constructor(@Inject(ReachabilityService) private readonly reachability: ReachabilityService) {}

  @ResolveField(() => AllowedAccessConnection, {
    description:
      'By namespace and name: the step by which each workload is first reached, from a workload of the hop before. Traffic and reasons are those of the two pods.',
    complexity: 10,
  })
  async endpoints(
    @Parent() { asked, hop, workloadCount }: BlastRadiusHopModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Promise<AccessConnection> {
    const page = readPage(args);
    const { rows, caveats } = await ask(this.reachability, asked, { rowsOfHop: { hop, page } });
    return toAccessConnection(asked.snapshot, { rows, totalCount: workloadCount, caveats }, page);
  }
}

/** The steps to an endpoint. */
@Resolver(() => BlastRadiusModel)
export class BlastRadiusResolver {
  constructor(@Inject(ReachabilityService) private readonly reachability: ReachabilityService) {}

  @ResolveField(() => [AllowedAccessModel], {
    nullable: true,
    description:
      'A shortest path from the source to an endpoint, step by step; empty when it is the source itself, null when there is none.',
    complexity: 10,
  })
  async pathTo(
    @Parent() { asked }: BlastRadiusModel,
    @Args('target', { type: () => EndpointInput, description: 'The endpoint to be reached.' })
    target: EndpointInput,
  ): Promise<AllowedAccessModel[] | null> {
    const pathTo = readEndpoint(asked.snapshot, target, 'target');
    const { path } = await ask(this.reachability, asked, { pathTo });
    return path === null ? null : toAllowedAccessModels(asked.snapshot, path);
  }
}

function ask(
  reachability: ReachabilityService,
  { snapshot, question }: AskedRadius,
  more: Partial<AskedRadius['question']> = {},
): Promise<BlastRadius> {
  return reachability.askWorker(snapshot, { kind: 'blastRadius', ...question, ...more });
}

function readHops(maxHops: number | null | undefined): number | null {
  if (maxHops === null || maxHops === undefined) return null;
  if (maxHops >= 1 && maxHops <= MAX_HOPS) return maxHops;
  throw new BadQuestionError({
    code: 'INVALID',
    argument: 'maxHops',
    message: `Must be from 1 to ${String(MAX_HOPS)}, got ${String(maxHops)}`,
  });
}

function toModel(asked: AskedRadius, answer: BlastRadius): BlastRadiusModel {
  const { snapshot } = asked;
  const { source, workloadCount, otherWorkloads, internetHop, hops, caveats } = answer;
  return newModel(BlastRadiusModel, {
    asked,
    source: toEndpointModel(snapshot, source),
    workloadCount,
    share: otherWorkloads === 0 ? 0 : workloadCount / otherWorkloads,
    reachesInternet: internetHop !== null,
    internetHop,
    hops: hops.map((hop) => newModel(BlastRadiusHopModel, { asked, ...hop })),
    caveats: toCaveatModels(caveats, snapshotCaveats(snapshot.row, snapshot)),
  });
}
