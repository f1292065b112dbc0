import { once } from 'node:events';
import { platform } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { PoolLog } from '../pool-options.js';
import { TaskCancelledError, TaskTimeoutError, WorkerDiedError } from '../pool-errors.js';
import { Attempt, type MessageFromTask } from './attempt.js';
import { errorFrom } from './error-data.js';
import type { Job, Outcome } from './protocol.js';
import { ENTRY_NAME } from './thread-entry.js';

/** Ending a thread takes milliseconds, unless native code holds it; nobody waits longer for that. */
const EXIT_TIMEOUT_MS = 2_000;

/**
 * How much nicer threads are than the serving thread: where there are too few cores, who waits for a light answer goes first, and
 * they get a third of what it could use. Elsewhere than on Linux niceness is of the whole process.
 */
const NICENESS = platform() === 'linux' ? 5 : 0;

/** A task whose thread died is tried once more. */
const MAX_ATTEMPTS = 2;

/** What threads run, how many there are, and what they may use. */
export interface ThreadGroupOptions {
  /** Worker file; it exports what `threadEntry` makes, as ENTRY_NAME. TypeScript is run through tsx. */
  readonly entry: URL;
  readonly threads: number;
  /** Milliseconds between two signs of life of a task: its start, its messages, the answers to them. */
  readonly taskTimeoutMs: number;
  readonly maxOldGenerationSizeMb: number;
  readonly log: PoolLog;
}

/** How one task is followed and stopped. */
export interface RunOptions {
  /** Ends the task; it then fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onMessage?: ((message: MessageFromTask) => void) | undefined;
}

/**
 * Threads that run tasks, one at a time each. Added to what Piscina does: a time limit, a second attempt when a thread
 * died, the difference between a task that threw and a thread that died, and waiting until an ended thread is gone.
 */
export class ThreadGroup<Task extends { readonly kind: string }> {
  readonly #piscina: Piscina<Job<Task>, Outcome>;
  readonly #attempts = new Set<{
    readonly attempt: Attempt;
    readonly controller: AbortController;
  }>();
  readonly #exits = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(private readonly options: ThreadGroupOptions) {
    this.#piscina = new Piscina({
      filename: fileURLToPath(options.entry),
      name: ENTRY_NAME,
      execArgv: options.entry.pathname.endsWith('.ts') ? ['--import', 'tsx'] : [],
      minThreads: options.threads,
      maxThreads: options.threads,
      concurrentTasksPerWorker: 1,
      // Otherwise an idle thread blocks its event loop, and with it the closing of the last task's files.
      atomics: 'disabled',
      niceIncrement: NICENESS,
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: options.maxOldGenerationSizeMb },
    });
    this.#piscina.on('error', this.#onDeathWithoutTask);
  }

  /** Resolves when every thread has answered `ping`: of as many pings as idle threads each thread gets one. */
  async start(ping: Task): Promise<void> {
    await Promise.all(Array.from({ length: this.options.threads }, () => this.run(ping)));
  }

  /**
   * Runs a task on a free thread, or as soon as there is one; how many run at once is the caller's business.
   * @throws TaskTimeoutError, WorkerDiedError, the reason of `signal`, or what the task threw.
   */
  async run(task: Task, options: RunOptions = {}): Promise<unknown> {
    for (let tries = 1; ; tries++) {
      const outcome = await this.#try(task, options);
      if (!(outcome instanceof ThreadDeath)) {
        if (outcome.ok) return outcome.value;
        throw errorFrom(outcome.error);
      }
      this.options.log.warn(`A worker died during "${task.kind}": ${outcome.cause.message}`);
      if (tries === MAX_ATTEMPTS) throw new WorkerDiedError(task.kind, outcome.cause);
    }
  }

  /** Ends all threads, and resolves when they are gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#piscina.destroy();
    await this.#exited();
  }

  async #try(task: Task, { signal, onMessage }: RunOptions): Promise<Outcome | ThreadDeath> {
    if (this.#isClosed) throw new TaskCancelledError('POOL_CLOSED');
    signal?.throwIfAborted();
    const controller = new AbortController();
    const attempt = new Attempt({
      name: task.kind,
      timeoutMs: this.options.taskTimeoutMs,
      signal,
      onMessage,
      stop: (reason) => this.#stop(controller, reason),
    });
    const entry = { attempt, controller };
    this.#attempts.add(entry);
    try {
      const outcome = await this.#piscina.run(
        { task, port: attempt.port },
        { transferList: [attempt.port], signal: controller.signal },
      );
      attempt.drain();
      controller.signal.throwIfAborted();
      return outcome;
    } catch (error) {
      return await this.#explain(error, controller.signal);
    } finally {
      attempt.close();
      this.#attempts.delete(entry);
    }
  }

  /** Tells the reasons for which Piscina rejects apart; a task that throws does not reject (see Outcome). */
  async #explain(error: unknown, { aborted, reason }: AbortSignal): Promise<ThreadDeath> {
    if (aborted) {
      await this.#exited();
      if (reason instanceof TaskTimeoutError) this.options.log.warn(reason.message);
      if (reason instanceof ThreadDeath) return reason;
      throw reason;
    }
    if (this.#isClosed) throw new TaskCancelledError('POOL_CLOSED');
    const cause = error instanceof Error ? error : new Error(String(error));
    // The message could not be cloned: a bug on this side, no thread has seen it.
    if (cause.name === 'DataCloneError') throw cause;
    return new ThreadDeath(cause);
  }

  /** Aborting makes Piscina terminate the thread and replace it; it is still a thread until it has exited. */
  #stop(controller: AbortController, reason: unknown): void {
    const before = this.#piscina.threads;
    controller.abort(reason);
    const left = new Set(this.#piscina.threads);
    for (const thread of before) {
      if (left.has(thread)) continue;
      const exit = once(thread, 'exit').finally(() => this.#exits.delete(exit));
      this.#exits.add(exit);
    }
  }

  /** So that who hears of a cancellation or timeout may count on the core being free and files being closed. */
  async #exited(): Promise<void> {
    const bound = new AbortController();
    const late = delay(EXIT_TIMEOUT_MS, undefined, { signal: bound.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.#exits), late]);
    bound.abort();
  }

  /** Piscina does not replace threads that die while they start; tasks that wait for one would wait for ever. */
  readonly #onDeathWithoutTask = (error: Error): void => {
    if (this.#isClosed) return;
    this.options.log.warn(`A worker without a task failed: ${error.message}`);
    if (this.#piscina.threads.length > 0) return;
    for (const { attempt, controller } of this.#attempts) {
      if (!attempt.hasStarted) this.#stop(controller, new ThreadDeath(error));
    }
  };
}

/** How a thread ended that should not have. */
class ThreadDeath {
  constructor(readonly cause: Error) {}
}
