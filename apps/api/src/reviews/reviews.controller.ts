import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { ChangeReviewRow } from '@portolan/store';
import type { Request, Response } from 'express';
import { answerUnread } from '../errors/answer-unread.js';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { RequestError } from '../errors/request-error.js';
import { hasEnded } from '../jobs/job-status.enum.js';
import { requestContext } from '../logging/request-context.js';
import { decodeGlobalId } from '../relay/global-id.js';
import { wrongRequest } from '../uploads/upload-response.js';
import { ReviewReceiver } from './receive-review.js';
import {
  failureAnswer,
  REPORT_TYPES,
  reportAnswer,
  type ReportType,
  type ReviewAnswer,
  runningAnswer,
} from './review-answer.js';
import { DEFAULT_REVIEW_WAIT_SECONDS, MAX_REVIEW_WAIT_SECONDS } from './review-limits.js';
import { ReviewPlanner } from './review-planner.js';
import { ReviewReports } from './review-reports.js';
import { ReviewsService } from './reviews.service.js';

/** Reviews of changes for programs: manifests as archives, the report as a document. */
@Controller('v1/reviews')
export class ReviewsController {
  constructor(
    @Inject(ReviewReceiver) private readonly receiver: ReviewReceiver,
    @Inject(ReviewPlanner) private readonly planner: ReviewPlanner,
    @Inject(ReviewsService) private readonly reviews: ReviewsService,
    @Inject(ReviewReports) private readonly reports: ReviewReports,
  ) {}

  @Post()
  async post(@Req() request: Request, @Res() response: Response): Promise<void> {
    const encoding = request.get('content-encoding')?.toLowerCase() ?? 'identity';
    if (encoding !== 'identity')
      throw new RequestError('BAD_REQUEST', `Content-Encoding ${encoding} is not read: send none.`);
    const { plan, uploads } = await this.receiver.receive(request, async (said) => {
      const planned = await this.planner.plan(said);
      if ('code' in planned) throw wrongRequest([planned]);
      return planned;
    });
    const taken = await this.reviews.take(plan, uploads);
    if (taken.kind === 'WRONG') throw wrongRequest(taken.errors);
    await this.#answer(taken.review, request, response);
  }

  @Get(':id')
  async get(
    @Param('id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const waitSeconds = readWait(request);
    const globalId = decodeGlobalId(id);
    const found = await this.reviews.find(globalId?.type === 'ChangeReview' ? globalId.uuid : id);
    if (found === null)
      throw new RequestError('NOT_FOUND', 'There is no such review, or not any more');
    await this.#answer(await this.reviews.wait(found, waitSeconds), request, response);
  }

  async #answer(review: ChangeReviewRow, request: Request, response: Response): Promise<void> {
    const { status, type, headers, body } = await this.#present(review, request);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answerUnread(request, response, { status, type, body });
  }

  async #present(review: ChangeReviewRow, request: Request): Promise<ReviewAnswer> {
    if (!hasEnded(review.job)) return runningAnswer(review);
    if (review.job.status !== 'COMPLETED')
      return failureAnswer(review, requestContext.getStore()?.requestId);
    const { report } = await this.reports.of(review.id);
    return reportAnswer(review, report, reportType(request));
  }
}

/** JSON for who takes none of them: a verdict is worth more than its form. */
function reportType(request: Request): ReportType {
  const accepted = request.accepts(Object.keys(REPORT_TYPES));
  return accepted === false ? 'application/json' : (accepted as ReportType);
}

function readWait(request: Request): number {
  const { searchParams } = new URL(request.originalUrl, 'http://localhost');
  const text = searchParams.get('waitSeconds') ?? String(DEFAULT_REVIEW_WAIT_SECONDS);
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : Infinity;
  if (seconds <= MAX_REVIEW_WAIT_SECONDS) return seconds;
  const message = `waitSeconds is a whole number from 0 to ${MAX_REVIEW_WAIT_SECONDS}`;
  throw new BadQuestionError({ code: 'INVALID', argument: 'waitSeconds', message });
}
