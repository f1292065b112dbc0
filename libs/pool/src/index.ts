export { type ReviewCall, WorkerPool } from './worker-pool.js';
export {
  QueueFullError,
  TaskCancelledError,
  TaskTimeoutError,
  WorkerDiedError,
} from './pool-errors.js';
export {
  type ExceptionsText,
  type KeptReview,
  type ReviewedUpload,
  type ReviewOutcome,
  type ReviewRefusal,
  type ReviewRequest,
  type ReviewSide,
} from './review-messages.js';
export {
  type IngestProgress,
  type PoolAnswer,
  type PoolQuestion,
  type UploadedFile,
  type UploadSource,
} from './messages.js';
