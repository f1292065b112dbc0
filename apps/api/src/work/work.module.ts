import { Module } from '@nestjs/common';
import { IndexesModule } from '../indexes/indexes.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { ReviewCallService } from '../reviews/review-call.service.js';
import { ReviewRunner } from '../reviews/review-runner.service.js';
import { StoredSnapshots } from '../reviews/stored-snapshots.js';
import { IngestionService } from '../uploads/ingestion.service.js';
import { Spool } from '../uploads/spool.js';
import { UploadCopies } from '../uploads/upload-copies.js';

/** What carries out jobs: a process without it only has others do them. */
@Module({
  imports: [JobsModule, IndexesModule],
  providers: [
    Spool,
    UploadCopies,
    IngestionService,
    ReviewCallService,
    StoredSnapshots,
    ReviewRunner,
  ],
})
export class WorkModule {}
