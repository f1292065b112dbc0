import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { assertUnreachable } from '@portolan/model';
import { toInputError, toManifestError, type UserError } from '../errors/user-error.js';
import type { UserErrorModel } from '../errors/user-error.model.js';
import { JobsService } from '../jobs/jobs.service.js';
import { type FieldsOf, newModel } from '../schema/new-model.js';
import { CreateSnapshotInput } from './create-snapshot.input.js';
import { CreateSnapshotPayload } from './create-snapshot.payload.js';
import { toSnapshotModel } from '../snapshots/snapshot.mapper.js';
import type { Refusal } from './ingest-request.js';
import { MAX_PROBLEMS } from './upload-limits.js';
import { type UploadAnswer, UploadsService } from './uploads.service.js';

/** Uploads that come inside a GraphQL request. */
@Resolver()
export class CreateSnapshotResolver {
  constructor(
    @Inject(UploadsService) private readonly uploads: UploadsService,
    @Inject(JobsService) private readonly jobs: JobsService,
  ) {}

  @Mutation(() => CreateSnapshotPayload, {
    description: 'Store a snapshot from uploaded manifests.',
    complexity: 50,
  })
  async createSnapshot(
    @Args('input', { type: () => CreateSnapshotInput, description: 'What to store.' })
    input: CreateSnapshotInput,
  ): Promise<CreateSnapshotPayload> {
    const answer = await this.uploads.submit({
      cluster: input.cluster,
      said: input,
      receive: (receiver) => receiver.inline(input.manifests),
    });
    return newModel(CreateSnapshotPayload, {
      ...(await this.#present(answer)),
      clientMutationId: input.clientMutationId ?? null,
    });
  }

  async #present(answer: UploadAnswer): Promise<Answered> {
    switch (answer.kind) {
      case 'STORED': {
        const { job, snapshot, deduplicated } = answer;
        return {
          ...NOTHING,
          job: await this.jobs.toModel(job),
          snapshot: toSnapshotModel(snapshot),
          deduplicated,
        };
      }
      case 'RUNNING':
      case 'CANCELLED':
        return { ...NOTHING, job: await this.jobs.toModel(answer.job) };
      case 'REFUSED':
        return {
          ...NOTHING,
          job: await this.jobs.toModel(answer.job),
          userErrors: toUserErrors(answer.refusal),
        };
      case 'WRONG':
        return { ...NOTHING, userErrors: answer.errors.map(toErrorOfInput) };
      default:
        return assertUnreachable(answer);
    }
  }
}

type Answered = Omit<FieldsOf<CreateSnapshotPayload>, 'clientMutationId'>;

const NOTHING: Answered = { snapshot: null, deduplicated: false, job: null, userErrors: [] };

function toUserErrors({ code, message, problems }: Refusal): UserErrorModel[] {
  if (problems.length > 0) return problems.slice(0, MAX_PROBLEMS).map(toManifestError);
  return [toErrorOfInput({ code, message, field: ['manifests'] })];
}

function toErrorOfInput({ code, message, field }: UserError): UserErrorModel {
  return toInputError({ code, message, field: ['input', ...(field ?? [])] });
}
