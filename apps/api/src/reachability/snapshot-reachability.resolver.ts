import { Inject } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { IndexCache } from '../indexes/index-cache.js';
import { readPage } from '../relay/page.js';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import { type AccessConnection, AllowedAccessConnection } from './allowed-access.connection.js';
import { toAccessConnection } from './allowed-access.mapper.js';
import {
  AllowedAccessArgs,
  CanReachArgs,
  CanReachManyArgs,
  ReachableFromArgs,
  WhoCanReachArgs,
} from './reachability.args.js';
import { toReachabilityAnswerModel } from './reachability-answer.mapper.js';
import { ReachabilityAnswerModel } from './reachability-answer.model.js';
import { ReachabilityService } from './reachability.service.js';
import { readEndpoint } from '../endpoints/read-endpoint.js';
import {
  readAllowedAccessQuestion,
  readCanReachQuestion,
  readPeersQuestion,
} from './read-questions.js';
import { wantsExplanation } from './wants-explanation.js';

/** Questions in one `canReachMany`. */
const MAX_QUESTIONS = 500;

/** Questions about reachability in a snapshot. */
@Resolver(() => SnapshotModel)
export class SnapshotReachabilityResolver {
  constructor(
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(ReachabilityService) private readonly reachability: ReachabilityService,
  ) {}

  @ResolveField(() => AllowedAccessConnection, {
    description:
      'Who can reach the target? One row per source endpoint with all traffic allowed, of what is asked about. Pods first, by name; networks last.',
    complexity: 10,
  })
  async whoCanReach(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => WhoCanReachArgs }) args: WhoCanReachArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccessConnection> {
    const page = readPage(args);
    const isExplained = wantsExplanation(info);
    return this.indexes.ask(row, async (snapshot) => {
      const target = readEndpoint(snapshot, args.target, 'target');
      const question = readPeersQuestion(snapshot, args, target, page, isExplained);
      const answer = await this.reachability.whoCanReach(snapshot, question);
      return toAccessConnection(snapshot, answer, page);
    });
  }

  @ResolveField(() => AllowedAccessConnection, {
    description:
      'What can the source reach? One row per destination endpoint with all traffic allowed, of what is asked about.',
    complexity: 10,
  })
  async reachableFrom(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => ReachableFromArgs }) args: ReachableFromArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccessConnection> {
    const page = readPage(args);
    const isExplained = wantsExplanation(info);
    return this.indexes.ask(row, async (snapshot) => {
      const source = readEndpoint(snapshot, args.source, 'source');
      const question = readPeersQuestion(snapshot, args, source, page, isExplained);
      const answer = await this.reachability.reachableFrom(snapshot, question);
      return toAccessConnection(snapshot, answer, page);
    });
  }

  @ResolveField(() => AllowedAccessConnection, {
    description:
      'Everything that is allowed: one row for each pair of endpoints that may exchange some traffic.',
    complexity: 30,
  })
  async allowedAccess(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => AllowedAccessArgs }) args: AllowedAccessArgs,
  ): Promise<AccessConnection> {
    const page = readPage(args);
    const snapshot = await this.indexes.get(row);
    const question = readAllowedAccessQuestion(snapshot, args, page);
    return toAccessConnection(
      snapshot,
      await this.reachability.allowedAccess(snapshot, question),
      page,
    );
  }

  @ResolveField(() => ReachabilityAnswerModel, {
    description: 'Can this traffic pass? Answers with the reasons.',
    complexity: 5,
  })
  async canReach(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => CanReachArgs }) args: CanReachArgs,
  ): Promise<ReachabilityAnswerModel> {
    return this.indexes.ask(row, async (snapshot) => {
      const question = readCanReachQuestion(snapshot, args, args.assumeEnforced);
      const answer = await this.reachability.canReach(snapshot, question);
      return toReachabilityAnswerModel(snapshot, answer);
    });
  }

  @ResolveField(() => [ReachabilityAnswerModel], {
    description: 'Many `canReach` in one call; answers are in the order of the questions.',
    complexity: 5,
  })
  async canReachMany(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => CanReachManyArgs }) { questions, assumeEnforced }: CanReachManyArgs,
  ): Promise<ReachabilityAnswerModel[]> {
    if (questions.length > MAX_QUESTIONS) throw tooManyQuestions(questions.length);
    const snapshot = await this.indexes.get(row);
    const read = questions.map((args, i) =>
      readCanReachQuestion(snapshot, args, assumeEnforced, `questions[${String(i)}].`),
    );
    const answers = await this.reachability.canReachMany(snapshot, read);
    return answers.map((answer) => toReachabilityAnswerModel(snapshot, answer));
  }
}

function tooManyQuestions(count: number): BadQuestionError {
  return new BadQuestionError({
    code: 'INVALID',
    argument: 'questions',
    message: `At most ${String(MAX_QUESTIONS)} questions at a time, got ${String(count)}`,
  });
}
