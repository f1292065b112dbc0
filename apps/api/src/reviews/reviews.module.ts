import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { QueryModule } from '../query.module.js';
import { SnapshotsModule } from '../snapshots/snapshots.module.js';
import { UploadsModule } from '../uploads/uploads.module.js';
import { ChangeReviewResolver, GateResultResolver } from './change-review.resolver.js';
import { ReviewReceiver } from './receive-review.js';
import { ReviewCallService } from './review-call.service.js';
import { ReviewPlanner } from './review-planner.js';
import { ReviewReports } from './review-reports.js';
import { ReviewRunner } from './review-runner.service.js';
import { ReviewSubmission } from './review-submission.service.js';
import { ReviewsController } from './reviews.controller.js';
import { ReviewsResolver } from './reviews.resolver.js';
import { ReviewsService } from './reviews.service.js';
import { StoredSnapshots } from './stored-snapshots.js';

/** Reviews of changes: a proposed state is compared with one before it, and judged. */
@Module({
  imports: [ClustersModule, JobsModule, SnapshotsModule, UploadsModule, QueryModule],
  controllers: [ReviewsController],
  providers: [
    ChangeReviewResolver,
    GateResultResolver,
    ReviewsResolver,
    ReviewsService,
    ReviewPlanner,
    ReviewReceiver,
    ReviewRunner,
    ReviewCallService,
    ReviewReports,
    ReviewSubmission,
    StoredSnapshots,
  ],
})
export class ReviewsModule {}
