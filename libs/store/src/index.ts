export { StoreModule } from './store.module.js';
export type { StoreOptions } from './store-options.js';
export { StoreError } from './store-error.js';
export { MigrationError } from './migrations/migration-plan.js';
export { Database, openDatabase } from './database.js';
export { DatabaseHealth } from './database-health.js';
export type { Page } from './page.js';
export { TEXT_LIMITS } from './stored-text.js';
export {
  type ClusterChanges,
  ClusterRepository,
  type ClusterRow,
  type NewCluster,
  type ProfileChanges,
} from './clusters/cluster.repository.js';
export type { ClusterListQuery } from './clusters/cluster-list-query.js';
export { type SnapshotFilter, SnapshotRepository } from './snapshots/snapshot.repository.js';
export type {
  GitProvenance,
  SnapshotAbout,
  SnapshotRow,
  SnapshotSourceKind,
} from './snapshots/snapshot-row.js';
export { type JobProgress, JobRepository } from './jobs/job.repository.js';
export {
  type ClaimedJob,
  ClaimLostError,
  type JobClaim,
  JobClaims,
  MAX_ATTEMPTS,
} from './jobs/job-claims.js';
export { JobSignals } from './jobs/job-signals.js';
export { UploadRepository } from './uploads/upload.repository.js';
export {
  JOB_PROBLEM_LIMIT,
  type JobFailure,
  type JobKind,
  type JobRow,
  type JobStatus,
} from './jobs/job-row.js';
export type { ChangeReviewRow } from './reviews/change-review-row.js';
export { ChangeReviewRepository } from './reviews/change-review.repository.js';
export {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres/start-embedded-postgres.js';
export { EmbeddedPostgresError } from './embedded-postgres/embedded-postgres-error.js';
