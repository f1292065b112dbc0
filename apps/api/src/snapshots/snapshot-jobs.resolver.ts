import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { JobModel } from '../jobs/job.model.js';
import { JobsService } from '../jobs/jobs.service.js';
import { SnapshotModel } from './snapshot.model.js';

/** The job behind a snapshot. */
@Resolver(() => SnapshotModel)
export class SnapshotJobsResolver {
  constructor(@Inject(JobsService) private readonly jobs: JobsService) {}

  @ResolveField(() => JobModel, {
    nullable: true,
    description: 'The first job that made it; null when it is not known any more.',
  })
  async job(@Parent() { row }: SnapshotModel): Promise<JobModel | null> {
    const job = await this.jobs.findByResult(row.id);
    return job === null ? null : this.jobs.toModel(job);
  }
}
