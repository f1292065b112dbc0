export { WorkerPool } from './worker-pool.js';
export {
  QueueFullError,
  TaskCancelledError,
  TaskTimeoutError,
  WorkerDiedError,
} from './pool-errors.js';
export {
  type IngestProgress,
  type PoolAnswer,
  type PoolQuestion,
  type UploadedFile,
  type UploadSource,
} from './messages.js';
