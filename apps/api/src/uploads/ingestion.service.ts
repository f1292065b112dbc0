import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { SnapshotContent } from '@portolan/model';
import { WorkerPool } from '@portolan/pool';
import { SnapshotRepository } from '@portolan/store';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { RunningJob } from '../jobs/running-job.js';
import type { IngestWork } from './ingest-request.js';
import { manifestLimits } from './manifest-limits.js';
import { refusalOf } from './refusal.js';
import type { StoredUpload } from './stored-upload.js';
import { UploadCopies } from './upload-copies.js';

/** From an upload to a snapshot: a worker reads it, and one transaction stores it and ends the job. */
@Injectable()
export class IngestionService implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(WorkerPool) private readonly workers: WorkerPool,
    @Inject(SnapshotRepository) private readonly snapshots: SnapshotRepository,
    @Inject(UploadCopies) private readonly copies: UploadCopies,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  onModuleInit(): void {
    this.queue.handle('INGEST', (running) => this.#carryOut(running));
  }

  async #carryOut(running: RunningJob): Promise<void> {
    // Only this program writes it.
    const work = JSON.parse(running.request) as IngestWork;
    const content = await this.#read(running, work.upload);
    const refusal = refusalOf(content, work.isStrict);
    if (refusal !== null) {
      await running.refuse(refusal);
      return;
    }
    await running.storing(content.parts.length);
    const { git, actor } = work;
    // Who sends it may learn only while it is sent that something cannot be had.
    const completeness = content.lacksKinds ? 'PARTIAL' : work.completeness;
    const takenAt = work.takenAt === null ? null : new Date(work.takenAt);
    const about = { completeness, takenAt, git, actor, sourceKind: 'UPLOAD' } as const;
    await this.snapshots.save(running.job.clusterId, content, about, running.claim);
  }

  async #read(running: RunningJob, upload: StoredUpload): Promise<SnapshotContent> {
    const { source, release } = await this.copies.copy(upload);
    try {
      return await this.workers.ingest(source, manifestLimits(this.config), {
        signal: running.signal,
        onProgress: (now) => running.report(now),
      });
    } finally {
      await release();
    }
  }
}
