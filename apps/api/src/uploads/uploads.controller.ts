import { Controller, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { answerUnread } from '../errors/answer-unread.js';
import { RequestError } from '../errors/request-error.js';
import { requestContext } from '../logging/request-context.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import { readQueryOptions } from './query-options.js';
import { MAX_PROBLEMS } from './upload-limits.js';
import { uploadResponse, type UploadResponse, wrongRequest } from './upload-response.js';
import { UploadsService } from './uploads.service.js';

/** gzip is known by its bytes. */
const READ_ENCODINGS: ReadonlySet<string> = new Set(['identity', 'gzip', 'x-gzip']);

/** Uploads of any size: the body is the manifests. */
@Controller('v1/clusters/:slug/snapshots')
export class UploadsController {
  constructor(
    @Inject(UploadsService) private readonly uploads: UploadsService,
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
  ) {}

  @Post()
  post(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.#answer(slug, request, response);
  }

  /** `curl -T` sends PUT. */
  @Put()
  put(
    @Param('slug') slug: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.#answer(slug, request, response);
  }

  async #answer(slug: string, request: Request, response: Response): Promise<void> {
    const { status, body } = await this.#take(slug, request);
    const isProblem = 'title' in body;
    const requestId = requestContext.getStore()?.requestId;
    if (status === 503) response.setHeader('retry-after', '5');
    answerUnread(request, response, {
      status,
      type: isProblem ? 'application/problem+json' : 'application/json',
      body: JSON.stringify(isProblem ? { ...body, requestId } : body),
    });
  }

  async #take(slug: string, request: Request): Promise<UploadResponse> {
    const encoding = request.get('content-encoding')?.toLowerCase() ?? 'identity';
    if (!READ_ENCODINGS.has(encoding))
      throw new RequestError(
        'BAD_REQUEST',
        `Content-Encoding ${encoding} is not read: send gzip, or none.`,
      );
    const { searchParams } = new URL(request.originalUrl, 'http://localhost');
    const query = readQueryOptions(searchParams, request.get('idempotency-key'));
    if (!('said' in query)) throw wrongRequest(query);
    const { said, path } = query;
    const answer = await this.uploads.submit({
      cluster: slug,
      said,
      receive: (receiver) => receiver.body(request, path),
    });
    const problems =
      answer.kind === 'STORED'
        ? await this.snapshots.problems(answer.snapshot.id, { offset: 0, limit: MAX_PROBLEMS })
        : { items: [], total: 0 };
    return uploadResponse(answer, problems);
  }
}
