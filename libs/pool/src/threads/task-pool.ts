import { TaskCancelledError } from '../pool-errors.js';
import { Admission, type Lane } from './admission.js';
import type { MessageFromTask } from './attempt.js';
import { ChunkReader } from './chunk-reader.js';
import { HealthProbe } from './health-probe.js';
import { ThreadGroup, type ThreadGroupOptions } from './thread-group.js';

/** How many threads and waiting tasks, and how long to wait for them. */
export interface TaskPoolOptions<Task> extends ThreadGroupOptions {
  readonly maxQueue: number;
  readonly closeTimeoutMs: number;
  /** A task that any thread does at once. */
  readonly ping: Task;
}

/** How to run a task. */
export interface TaskRun {
  readonly lane: Lane;
  /** Aborted, the task leaves the queue, or its thread is ended; it then fails with TaskCancelledError. */
  readonly signal?: AbortSignal | undefined;
  readonly onMessage?: ((message: MessageFromTask) => void) | undefined;
}

/** Threads with a queue before them: what may run at once, cancelling, streaming, closing. Knows no kind of task. */
export class TaskPool<Task extends { readonly kind: string }> {
  readonly #admission: Admission;
  readonly #threads: ThreadGroup<Task>;
  readonly #health: HealthProbe;
  readonly #running = new Set<Promise<unknown>>();
  /** Aborted when closing has waited long enough. */
  readonly #ending = new AbortController();
  #closed: Promise<void> | null = null;

  constructor(private readonly options: TaskPoolOptions<Task>) {
    this.#admission = new Admission(options);
    this.#threads = new ThreadGroup(options);
    // Past the queue: a ping waits for a thread, but not for its turn.
    this.#health = new HealthProbe(() => this.#threads.run(options.ping), options.taskTimeoutMs);
  }

  /** Resolves when every thread has started and answered. Fails with the reason why one cannot. */
  ready(): Promise<void> {
    return this.#threads.start(this.options.ping);
  }

  /** Tasks that wait for a thread. */
  get queueLength(): number {
    return this.#admission.waiting;
  }

  /** Whether the threads answer; see HealthProbe. */
  isHealthy(): boolean {
    return this.#closed === null && this.#health.check();
  }

  /**
   * Runs a task when its lane allows.
   * @throws QueueFullError, TaskTimeoutError, TaskCancelledError, WorkerDiedError, or what the task threw.
   */
  run(task: Task, how: TaskRun): Promise<unknown> {
    const running = this.#run(task, how);
    this.#running.add(running);
    const forget = (): boolean => this.#running.delete(running);
    running.then(forget, forget);
    return running;
  }

  /** Runs a task that sends chunks. It begins with the first `next()`, and leaving the loop ends it. */
  async *stream(
    task: Task,
    { lane, signal }: Omit<TaskRun, 'onMessage'>,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const left = new AbortController();
    const either = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]);
    const chunks = new ChunkReader();
    const onMessage = (message: MessageFromTask): void => chunks.receive(message);
    const done = this.run(task, { lane, signal: either, onMessage }).then(
      () => chunks.end(),
      (error: unknown) => chunks.fail(error),
    );
    try {
      yield* chunks.read();
    } finally {
      left.abort();
      await done;
    }
  }

  /** Refuses new tasks, drops waiting ones, waits for running ones up to a bound, and ends all threads. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#admission.close();
    const bound = setTimeout(() => this.#ending.abort(), this.options.closeTimeoutMs);
    await Promise.allSettled(this.#running);
    clearTimeout(bound);
    await this.#threads.close();
  }

  async #run(task: Task, { lane, signal, onMessage }: TaskRun): Promise<unknown> {
    const leave = await this.#admission.enter(lane, signal);
    const cancel = new AbortController();
    const onSignal = (): void => cancel.abort(new TaskCancelledError('SIGNAL'));
    const onEnding = (): void => cancel.abort(new TaskCancelledError('POOL_CLOSED'));
    if (signal?.aborted === true) onSignal();
    signal?.addEventListener('abort', onSignal);
    this.#ending.signal.addEventListener('abort', onEnding);
    try {
      return await this.#threads.run(task, { signal: cancel.signal, onMessage });
    } finally {
      signal?.removeEventListener('abort', onSignal);
      this.#ending.signal.removeEventListener('abort', onEnding);
      leave();
    }
  }
}
