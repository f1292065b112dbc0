import { Controller, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import { SnapshotRepository } from '@portolan/store';
import type { Request, Response } from 'express';
import { ClustersService } from '../../clusters/clusters.service.js';
import { CONFIG, type ServerConfig } from '../../config/config.js';
import { answerUnread } from '../../errors/answer-unread.js';
import { ANONYMOUS, requestContext } from '../../logging/request-context.js';
import type { Upload } from './ingest-request.js';
import { fingerprintOf } from './inline-upload.js';
import { readQueryOptions } from './query-options.js';
import { receiveBody } from './receive-body.js';
import { Spool } from './spool.js';
import { MAX_PROBLEMS, problem, uploadResponse, type UploadResponse } from './upload-response.js';
import { UploadsService } from './uploads.service.js';

/** Longest time that one body may take, however steadily it comes. */
const MAX_BODY_MS = 3_600_000;

/** Uploads of any size: the body is the manifests. */
@Controller('v1/clusters/:slug/snapshots')
export class UploadsController {
  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(ClustersService) private readonly clusters: ClustersService,
    @Inject(UploadsService) private readonly uploads: UploadsService,
    @Inject(SnapshotRepository) private readonly snapshots: SnapshotRepository,
    @Inject(Spool) private readonly spool: Spool,
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
    answerUnread(request, response, {
      status,
      type: isProblem ? 'application/problem+json' : 'application/json',
      body: JSON.stringify(isProblem ? { ...body, requestId } : body),
    });
  }

  async #take(slug: string, request: Request): Promise<UploadResponse> {
    const { searchParams } = new URL(request.originalUrl, 'http://localhost');
    const said = readQueryOptions(searchParams, request.get('idempotency-key'));
    if (!('options' in said)) {
      const [first] = said;
      return problem(400, 'INVALID', first?.message ?? 'Invalid', { errors: said });
    }
    const cluster = await this.clusters.findBySlug(slug);
    if (cluster === null) {
      const hint = 'make it with the mutation createCluster';
      return problem(404, 'NOT_FOUND', `There is no cluster "${slug.slice(0, 80)}": ${hint}`);
    }
    const upload = await this.#receive(request, said.path);
    const actor = requestContext.getStore()?.actor ?? ANONYMOUS;
    const { options, waitSeconds } = said;
    const answer = await this.uploads.take({ cluster, upload, options, actor }, waitSeconds);
    const problems =
      answer.kind === 'STORED'
        ? await this.snapshots.problems(answer.snapshot.id, { offset: 0, limit: MAX_PROBLEMS })
        : { items: [], total: 0 };
    return uploadResponse(answer, problems);
  }

  async #receive(request: Request, name: string): Promise<Upload> {
    const { maxUploadBytes, uploadIdleSeconds } = this.config;
    const { path, sha256 } = await receiveBody(request, this.spool, {
      maxBytes: maxUploadBytes,
      idleMs: uploadIdleSeconds * 1000,
      totalMs: MAX_BODY_MS,
    });
    return {
      source: { kind: 'file', path, name },
      fingerprint: fingerprintOf([{ path: name, sha256 }]),
      release: () => this.spool.remove(path),
    };
  }
}
