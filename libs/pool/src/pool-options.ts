/** Fewer threads could not keep one free of bulk work (see threads/admission.ts). */
export const MIN_THREADS = 2;

/** How large the pool is, and how long and how much its tasks may use. */
export interface WorkerPoolOptions {
  /** Worker threads; usually the number of cores. Raised to MIN_THREADS when smaller. */
  readonly threads: number;
  /** How many tasks of each lane may wait; one more is refused with QueueFullError. 0 = none waits. */
  readonly maxQueue: number;
  /**
   * Milliseconds that `ask`, `buildIndex`, `diff` and the tasks about findings may run, and that `ingest` and `exportAccess` may go without
   * progress (for an export also: without the reader taking a chunk). Waiting in the queue does not count.
   */
  readonly taskTimeoutMs: number;
  /** JavaScript heap of one thread, in MiB; a task that needs more ends its thread. Default DEFAULT_HEAP_MB. */
  readonly maxOldGenerationSizeMb?: number;
  /** Milliseconds that `close` waits for running tasks before it ends their threads. Default DEFAULT_CLOSE_TIMEOUT_MS. */
  readonly closeTimeoutMs?: number;
  /** Told when a thread dies or is ended. A Nest Logger or a pino logger fits. */
  readonly log: PoolLog;
}

/** Where the pool reports what operators should know. */
export interface PoolLog {
  warn(message: string): void;
}

/** JavaScript heap of one thread when nothing is said, in MiB. */
export const DEFAULT_HEAP_MB = 2048;
/** How long `close` waits when nothing is said. */
export const DEFAULT_CLOSE_TIMEOUT_MS = 10_000;

/** A task may be cancelled at any time: a waiting one leaves the queue, a running one loses its thread. */
export interface Cancellable {
  readonly signal?: AbortSignal | undefined;
}
