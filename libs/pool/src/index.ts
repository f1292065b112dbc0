export { type FoundSnapshot, type ReviewCall, WorkerPool } from './worker-pool.js';
export {
  type FindingChanges,
  type FindingsDocument,
  type FoundFindings,
} from './finding-messages.js';
export { jobSlots } from './job-slots.js';
export {
  QueueFullError,
  TaskCancelledError,
  TaskTimeoutError,
  WorkerDiedError,
} from './pool-errors.js';
export {
  type SideText,
  type KeptReview,
  type ReviewedUpload,
  type ReviewOutcome,
} from './review-messages.js';
export { type IngestProgress, type PoolAnswer, type PoolQuestion } from './messages.js';
export { type UploadedFile, type UploadSource } from './upload-source.js';
