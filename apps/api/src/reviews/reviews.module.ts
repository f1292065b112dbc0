import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { SnapshotsModule } from '../snapshots/snapshots.module.js';
import { UploadsModule } from '../uploads/uploads.module.js';
import { ChangeReviewResolver, GateResultResolver } from './change-review.resolver.js';
import { ReviewReceiver } from './receive-review.js';
import { ReviewPlanner } from './review-planner.js';
import { ReviewReports } from './review-reports.js';
import { ReviewSubmission } from './review-submission.service.js';
import { ReviewsController } from './reviews.controller.js';
import { ReviewsResolver } from './reviews.resolver.js';
import { ReviewsService } from './reviews.service.js';

/** Reviews of changes: a proposed state is compared with one before it, and judged. */
@Module({
  imports: [ClustersModule, JobsModule, SnapshotsModule, UploadsModule],
  controllers: [ReviewsController],
  providers: [
    ChangeReviewResolver,
    GateResultResolver,
    ReviewsResolver,
    ReviewsService,
    ReviewPlanner,
    ReviewReceiver,
    ReviewReports,
    ReviewSubmission,
  ],
})
export class ReviewsModule {}
