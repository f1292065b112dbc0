export { WorkerPool } from './worker-pool.js';
export { MIN_THREADS, type PoolLog, type WorkerPoolOptions } from './pool-options.js';
export {
  type PoolErrorCode,
  QueueFullError,
  TaskCancelledError,
  TaskTimeoutError,
  WorkerDiedError,
} from './pool-errors.js';
export {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportRequest,
  type IngestProgress,
  type PoolAnswer,
  type PoolQuestion,
  type UploadedFile,
  type UploadSource,
} from './messages.js';
