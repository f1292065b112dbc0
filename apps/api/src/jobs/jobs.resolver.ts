import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { JobRow } from '@portolan/store';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { toInputError } from '../errors/user-error.js';
import { NodeRegistry } from '../nodes/node-registry.js';
import { decodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { CancelJobInput } from './cancel-job.input.js';
import { CancelJobPayload } from './cancel-job.payload.js';
import { JobModel } from './job.model.js';
import { JobsService } from './jobs.service.js';

/** Jobs by id, their end by request, and their progress as it happens. */
@Resolver(() => JobModel)
export class JobsResolver {
  constructor(
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(NodeRegistry) nodes: NodeRegistry,
  ) {
    nodes.register('Job', ({ uuid }) => this.#find(uuid));
  }

  @Query(() => JobModel, {
    nullable: true,
    description: 'A job by its ID; null when there is none.',
  })
  async job(
    @Args('id', { type: () => ID, description: 'Global ID of the job.' }) id: string,
  ): Promise<JobModel | null> {
    return this.#find(uuidOf(id));
  }

  @Mutation(() => CancelJobPayload, {
    description: 'Stop a job that has not ended. Nothing of its upload is stored.',
  })
  async cancelJob(
    @Args('input', { type: () => CancelJobInput, description: 'Which job to stop.' })
    input: CancelJobInput,
  ): Promise<CancelJobPayload> {
    const { job, userErrors } = await this.jobs.cancel(uuidOf(input.jobId));
    return newModel(CancelJobPayload, {
      clientMutationId: input.clientMutationId ?? null,
      job: job === null ? null : await this.jobs.toModel(job),
      userErrors: userErrors.map(toInputError),
    });
  }

  @Subscription(() => JobModel, {
    description: "A job's progress: at once as it is, then as it changes, until it ends.",
    resolve(this: JobsResolver, job: JobRow) {
      return this.jobs.toModel(job);
    },
  })
  async jobUpdated(
    @Args('id', { type: () => ID, description: 'Global ID of the job.' }) id: string,
  ): Promise<AsyncIterator<JobRow>> {
    const watch = await this.jobs.watch(uuidOf(id));
    if (watch !== null) return watch;
    const message = 'There is no such job';
    throw new BadQuestionError({ code: 'NOT_FOUND', argument: 'id', message });
  }

  async #find(uuid: string): Promise<JobModel | null> {
    const job = await this.jobs.find(uuid);
    return job === null ? null : this.jobs.toModel(job);
  }
}

/** Empty, which no job has, when the id is not that of a job. */
function uuidOf(globalId: string): string {
  const id = decodeGlobalId(globalId);
  return id?.type === 'Job' ? id.uuid : '';
}
