import { Inject } from '@nestjs/common';
import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  MARKDOWN_MAX_LENGTH,
  MARKDOWN_MIN_LENGTH,
  type ReviewReport,
  writeReview,
} from '@portolan/report';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { toCaveatModels } from '../caveats/caveat.mapper.js';
import { CaveatModel } from '../caveats/caveat.model.js';
import { toClusterModel } from '../clusters/cluster.mapper.js';
import { ClusterModel } from '../clusters/cluster.model.js';
import { ClustersService } from '../clusters/clusters.service.js';
import { invariant } from '@portolan/model';
import { type Connection, toConnection } from '../relay/connection.js';
import { readPage, slicePage } from '../relay/page.js';
import { PageArgs } from '../relay/page.args.js';
import { AnnotationConnection, type AnnotationModel, AnnotationsArgs } from './annotation.model.js';
import {
  toAnnotationModels,
  toGateResultModel,
  toReviewedAccessModel,
  toViolationModel,
} from './change-review.mapper.js';
import { ChangeReviewModel } from './change-review.model.js';
import {
  GateResultModel,
  GateViolationConnection,
  type GateViolationModel,
} from './gate-result.model.js';
import { toReviewedInvariantModel } from './invariants/reviewed-invariant.mapper.js';
import {
  ReviewedInvariantConnection,
  type ReviewedInvariantModel,
} from './invariants/reviewed-invariant.model.js';
import { type ReportFormat, ReportFormatEnum, WRITER_OF } from './review.enums.js';
import { ReviewReports } from './review-reports.js';
import { ReviewedAccessConnection, type ReviewedAccessModel } from './reviewed-access.model.js';

/** What the report of a review says. Empty, or null, until the review is completed. */
@Resolver(() => ChangeReviewModel)
export class ChangeReviewResolver {
  constructor(
    @Inject(ReviewReports) private readonly reports: ReviewReports,
    @Inject(ClustersService) private readonly clusters: ClustersService,
  ) {}

  @ResolveField(() => ClusterModel, { description: 'The cluster that the change is for.' })
  async cluster(@Parent() { row }: ChangeReviewModel): Promise<ClusterModel> {
    const cluster = await this.clusters.findById(row.clusterId);
    invariant(cluster !== null, 'a cluster with reviews is not deleted');
    return toClusterModel(cluster);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'One line about what differs; null until it is completed.',
  })
  async summary(@Parent() review: ChangeReviewModel): Promise<string | null> {
    return (await this.#report(review))?.summary ?? null;
  }

  @ResolveField(() => ReviewedAccessConnection, {
    description: 'What was opened, gravest first.',
  })
  opened(
    @Parent() review: ChangeReviewModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Promise<Connection<ReviewedAccessModel>> {
    return this.#rows(review, 'opened', args);
  }

  @ResolveField(() => ReviewedAccessConnection, { description: 'What was closed.' })
  closed(
    @Parent() review: ChangeReviewModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Promise<Connection<ReviewedAccessModel>> {
    return this.#rows(review, 'closed', args);
  }

  @ResolveField(() => ReviewedAccessConnection, {
    description: 'Where some traffic was opened and other traffic was closed, gravest first.',
  })
  altered(
    @Parent() review: ChangeReviewModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Promise<Connection<ReviewedAccessModel>> {
    return this.#rows(review, 'altered', args);
  }

  @ResolveField(() => ReviewedInvariantConnection, {
    description: 'Invariants in the order of their file; those that the change proposes come last.',
  })
  async invariants(
    @Parent() review: ChangeReviewModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Promise<Connection<ReviewedInvariantModel>> {
    const page = readPage(args);
    const rows = (await this.#report(review))?.invariants ?? [];
    return toConnection(slicePage(rows, page).map(toReviewedInvariantModel), rows.length, page);
  }

  @ResolveField(() => [GateResultModel], {
    description: 'Gates that were asked, and whether each held.',
  })
  async gates(@Parent() review: ChangeReviewModel): Promise<readonly GateResultModel[]> {
    const { row } = review;
    if (row.job.status !== 'COMPLETED') return [];
    const { report, warnOn } = await this.reports.of(row.id);
    return report.gates.map((gate) => toGateResultModel(gate, warnOn));
  }

  @ResolveField(() => [CaveatModel], { description: 'What the review rests on.' })
  async caveats(@Parent() review: ChangeReviewModel): Promise<readonly CaveatModel[]> {
    return toCaveatModels((await this.#report(review))?.caveats ?? []);
  }

  @ResolveField(() => AnnotationConnection, {
    description: 'Positions for inline comments, gravest first.',
  })
  async annotations(
    @Parent() review: ChangeReviewModel,
    @Args({ type: () => AnnotationsArgs }) args: AnnotationsArgs,
  ): Promise<Connection<AnnotationModel>> {
    const report = await this.#report(review);
    const page = readPage(args);
    const all = report === null ? [] : toAnnotationModels(report);
    return toConnection(slicePage(all, page), all.length, page);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The report as a document; null until it is completed.',
    complexity: 10,
  })
  async report(
    @Parent() review: ChangeReviewModel,
    @Args('format', {
      type: () => ReportFormatEnum,
      defaultValue: 'MARKDOWN',
      description: 'Its format.',
    })
    format: ReportFormat,
    @Args('maxLength', {
      type: () => Int,
      defaultValue: MARKDOWN_MAX_LENGTH,
      description: `Characters of Markdown, at least ${MARKDOWN_MIN_LENGTH}: what is longer is cut, and says so.`,
    })
    maxLength: number,
  ): Promise<string | null> {
    if (maxLength < MARKDOWN_MIN_LENGTH) {
      const message = `maxLength is ${MARKDOWN_MIN_LENGTH} or more`;
      throw new BadQuestionError({ code: 'INVALID', argument: 'maxLength', message });
    }
    const report = await this.#report(review);
    return report === null ? null : writeReview(report, WRITER_OF[format], { maxLength });
  }

  async #rows(
    review: ChangeReviewModel,
    list: 'opened' | 'altered' | 'closed',
    args: PageArgs,
  ): Promise<Connection<ReviewedAccessModel>> {
    const page = readPage(args);
    const rows = (await this.#report(review))?.[list] ?? [];
    return toConnection(slicePage(rows, page).map(toReviewedAccessModel), rows.length, page);
  }

  async #report({ row }: ChangeReviewModel): Promise<ReviewReport | null> {
    return row.job.status === 'COMPLETED' ? (await this.reports.of(row.id)).report : null;
  }
}

/** What breaks a gate. */
@Resolver(() => GateResultModel)
export class GateResultResolver {
  @ResolveField(() => GateViolationConnection, { description: 'What breaks it.' })
  violations(
    @Parent() { result }: GateResultModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Connection<GateViolationModel> {
    const page = readPage(args);
    const { violations } = result;
    return toConnection(slicePage(violations, page).map(toViolationModel), violations.length, page);
  }
}
