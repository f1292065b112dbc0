export { type FoundSnapshot, type ReviewCall, WorkerPool } from './worker-pool.js';
export {
  type FindingChanges,
  type FindingsDocument,
  type FoundFindings,
} from './finding-messages.js';
export {
  QueueFullError,
  TaskCancelledError,
  TaskTimeoutError,
  WorkerDiedError,
} from './pool-errors.js';
export {
  type ExceptionsText,
  type SettingsText,
  type KeptReview,
  type ReviewedUpload,
  type ReviewOutcome,
} from './review-messages.js';
export { type IngestProgress, type PoolAnswer, type PoolQuestion } from './messages.js';
export { type UploadedFile, type UploadSource } from './upload-source.js';
