import { Inject } from '@nestjs/common';
import { Args, Extensions, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { SnapshotDiffModel } from '../diff/snapshot-diff.model.js';
import { IndexCache } from '../indexes/index-cache.js';
import { readPage } from '../relay/page.js';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import { type CountedFindings, FindingConnection } from './finding.connection.js';
import { readFindingFilter } from './filter-findings.js';
import { toFindingConnection } from './finding.mapper.js';
import { FindingsArgs } from './findings.args.js';
import { FindingsService } from './findings.service.js';
import { LINT_RULES, LintRuleModel } from './lint-rule.model.js';

/** The order of every list of findings. */
const ORDER = 'gravest first, then in the order of the rules and of the snapshot';

/** What is wrong in a snapshot. */
@Resolver(() => SnapshotModel)
export class SnapshotFindingsResolver {
  constructor(
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(FindingsService) private readonly service: FindingsService,
  ) {}

  @ResolveField(() => FindingConnection, {
    description: `Mistakes in policies, and what they leave open: what \`portolan check\` finds, under the profile of the cluster; ${ORDER}. The snapshot's own annotations silence findings, until their day (UTC) is over.`,
    complexity: 30,
  })
  async findings(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => FindingsArgs }) args: FindingsArgs,
  ): Promise<CountedFindings> {
    const page = readPage(args);
    const filter = readFindingFilter(args.filter);
    const snapshot = await this.indexes.get(row);
    return toFindingConnection(snapshot, await this.service.of(snapshot), filter, page);
  }
}

/** What a change did to findings. */
@Resolver(() => SnapshotDiffModel)
export class DiffFindingsResolver {
  constructor(@Inject(FindingsService) private readonly service: FindingsService) {}

  @ResolveField(() => FindingConnection, {
    description: `Findings of the head that the base has not got, object by object, ${ORDER}. Compared by fingerprint, whether annotations silence them or not: then the head's own annotations count. Both sides are read under the profile of the head, and as parts of a cluster unless both are COMPLETE. Options of the diff do not matter.`,
    complexity: 60,
  })
  async newFindings(
    @Parent() { sides: { base, head } }: SnapshotDiffModel,
    @Args({ type: () => FindingsArgs }) args: FindingsArgs,
  ): Promise<CountedFindings> {
    const page = readPage(args);
    const filter = readFindingFilter(args.filter);
    const { added } = await this.service.changes(base, head);
    return toFindingConnection(head, added, filter, page, [base, head]);
  }

  @ResolveField(() => FindingConnection, {
    description: `Findings of the base that the head has not got, as \`newFindings\`: here the base's own annotations count. What the head silences by an annotation is not fixed.`,
    complexity: 60,
  })
  async fixedFindings(
    @Parent() { sides: { base, head } }: SnapshotDiffModel,
    @Args({ type: () => FindingsArgs }) args: FindingsArgs,
  ): Promise<CountedFindings> {
    const page = readPage(args);
    const filter = readFindingFilter(args.filter);
    const { gone } = await this.service.changes(base, head);
    return toFindingConnection(base, gone, filter, page, [base, head]);
  }
}

/** The catalogue. */
@Resolver(() => LintRuleModel)
export class LintRulesResolver {
  @Extensions({ maxLength: LINT_RULES.length })
  @Query(() => [LintRuleModel], {
    description: 'All rules by which findings are found, in the order of their ids.',
  })
  lintRules(): readonly LintRuleModel[] {
    return LINT_RULES;
  }
}
