import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { assertUnreachable } from '@portolan/model';
import { ClustersService } from '../clusters/clusters.service.js';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { toInputError, toManifestError, type UserError } from '../errors/user-error.js';
import type { UserErrorModel } from '../errors/user-error.model.js';
import { JobsService } from '../jobs/jobs.service.js';
import { ANONYMOUS, requestContext } from '../logging/request-context.js';
import { type FieldsOf, newModel } from '../relay/new-model.js';
import { CreateSnapshotInput } from './create-snapshot.input.js';
import { CreateSnapshotPayload } from './create-snapshot.payload.js';
import { toSnapshotModel } from './snapshot.mapper.js';
import type { Refusal } from './upload/ingest-request.js';
import { readInlineUpload } from './upload/inline-upload.js';
import { Spool } from './upload/spool.js';
import { readUploadOptions } from './upload/upload-options.js';
import { type UploadAnswer, UploadsService } from './upload/uploads.service.js';

/** Most manifest errors that one answer lists. */
const MAX_ERRORS = 100;

/** Uploads that come inside a GraphQL request. */
@Resolver()
export class CreateSnapshotResolver {
  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(ClustersService) private readonly clusters: ClustersService,
    @Inject(UploadsService) private readonly uploads: UploadsService,
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(Spool) private readonly spool: Spool,
  ) {}

  @Mutation(() => CreateSnapshotPayload, {
    description: 'Store a snapshot from uploaded manifests.',
    complexity: 50,
  })
  async createSnapshot(
    @Args('input', { type: () => CreateSnapshotInput, description: 'What to store.' })
    input: CreateSnapshotInput,
  ): Promise<CreateSnapshotPayload> {
    const answer = await this.#take(input);
    return newModel(CreateSnapshotPayload, {
      ...(Array.isArray(answer) ? refused(answer) : this.#present(answer as UploadAnswer)),
      clientMutationId: input.clientMutationId ?? null,
    });
  }

  async #take(input: CreateSnapshotInput): Promise<UploadAnswer | readonly UserError[]> {
    const settings = readUploadOptions(input);
    if (!('options' in settings)) return settings;
    const cluster = await this.clusters.findBySlug(input.cluster);
    if (cluster === null) return [unknownCluster(input.cluster)];
    const { maxInlineBytes } = this.config;
    const upload = await readInlineUpload(input.manifests, { maxInlineBytes, spool: this.spool });
    if ('code' in upload) return [upload];
    const actor = requestContext.getStore()?.actor ?? ANONYMOUS;
    const { options, waitSeconds } = settings;
    return this.uploads.take({ cluster, upload, options, actor }, waitSeconds);
  }

  #present(answer: UploadAnswer): Answered {
    switch (answer.kind) {
      case 'STORED': {
        const { job, snapshot, deduplicated } = answer;
        return {
          ...NOTHING,
          job: this.jobs.toModel(job),
          snapshot: toSnapshotModel(snapshot),
          deduplicated,
        };
      }
      case 'RUNNING':
      case 'CANCELLED':
        return { ...NOTHING, job: this.jobs.toModel(answer.job) };
      case 'REFUSED':
        return {
          ...NOTHING,
          job: this.jobs.toModel(answer.job),
          userErrors: toUserErrors(answer.refusal),
        };
      case 'KEY_REUSED':
        return refused([KEY_REUSED]);
      default:
        return assertUnreachable(answer);
    }
  }
}

type Answered = Omit<FieldsOf<CreateSnapshotPayload>, 'clientMutationId'>;

const NOTHING: Answered = { snapshot: null, deduplicated: false, job: null, userErrors: [] };

const KEY_REUSED: UserError = {
  code: 'CONFLICT',
  message: 'The idempotency key was used for another upload to this cluster',
  field: ['input', 'idempotencyKey'],
};

function refused(errors: readonly UserError[]): Answered {
  return { ...NOTHING, userErrors: errors.map(toInputError) };
}

function toUserErrors({ code, message, problems }: Refusal): UserErrorModel[] {
  if (problems.length > 0) return problems.slice(0, MAX_ERRORS).map(toManifestError);
  return [toInputError({ code, message, field: ['input', 'manifests'] })];
}

function unknownCluster(slug: string): UserError {
  return {
    code: 'NOT_FOUND',
    message: `There is no cluster "${slug}": make it with createCluster`,
    field: ['input', 'cluster'],
  };
}
