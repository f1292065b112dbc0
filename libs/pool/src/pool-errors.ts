/** Codes of the errors that the pool itself raises. */
export type PoolErrorCode = 'QUEUE_FULL' | 'TASK_TIMEOUT' | 'TASK_CANCELLED' | 'WORKER_DIED';

/** Too many tasks of this kind wait already. Nothing was begun: asking again later may succeed. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
  readonly code = 'QUEUE_FULL' satisfies PoolErrorCode;

  constructor(readonly maxQueue: number) {
    super(`The workers are busy and ${maxQueue} more tasks of this kind are waiting.`);
  }
}

/** A task ran, or made no progress, for longer than it may. Its thread has been ended. */
export class TaskTimeoutError extends Error {
  override readonly name = 'TaskTimeoutError';
  readonly code = 'TASK_TIMEOUT' satisfies PoolErrorCode;

  constructor(
    readonly task: string,
    readonly timeoutMs: number,
  ) {
    super(`The task "${task}" did not finish or go on within ${timeoutMs} ms.`);
  }
}

/** The caller's signal was aborted, or the pool was closed, before the task had ended. */
export class TaskCancelledError extends Error {
  override readonly name = 'TaskCancelledError';
  readonly code = 'TASK_CANCELLED' satisfies PoolErrorCode;

  constructor(readonly reason: 'SIGNAL' | 'POOL_CLOSED') {
    super(
      reason === 'SIGNAL' ? 'The task was cancelled.' : 'The task was cancelled: the pool closed.',
    );
  }
}

/** The worker thread of a task ended unexpectedly, and so did that of the second attempt. `cause` says how. */
export class WorkerDiedError extends Error {
  override readonly name = 'WorkerDiedError';
  readonly code = 'WORKER_DIED' satisfies PoolErrorCode;

  constructor(
    readonly task: string,
    cause: Error,
  ) {
    super(`The worker of task "${task}" died twice: ${cause.message}`, { cause });
  }
}
