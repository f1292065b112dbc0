import type {
  Asked,
  DiffOptions,
  SegmentBytes,
  SnapshotContent,
  SnapshotDiff,
} from '@portolan/model';
import type { SnapshotIndex } from '@portolan/engine';
import type { ManifestLimits } from '@portolan/manifests';
import type {
  ExportRequest,
  IngestProgress,
  NumberedIndex,
  PoolAnswer,
  PoolQuestion,
  Task,
  TaskResults,
  UploadSource,
} from './messages.js';
import { MIN_THREADS, type WorkerPoolOptions } from './pool-options.js';
import { shareSegments } from './share-segments.js';
import { Admission, type Lane } from './threads/admission.js';
import { ChunkReader } from './threads/chunk-reader.js';
import { HealthProbe } from './threads/health-probe.js';
import { type MessageFromTask, ThreadGroup } from './threads/thread-group.js';
import { TaskCancelledError } from './pool-errors.js';

const DEFAULT_HEAP_MB = 1024;
const DEFAULT_CLOSE_TIMEOUT_MS = 10_000;

/** A task may be cancelled at any time: waiting, it leaves the queue; running, its thread is ended and replaced. */
export interface Cancellable {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Worker threads for everything that takes longer than a moment. Every method fails with QueueFullError,
 * TaskTimeoutError, TaskCancelledError or WorkerDiedError; any other error is a bug inside the task, passed on as it is.
 */
export class WorkerPool {
  readonly #admission: Admission;
  readonly #threads: ThreadGroup<Task>;
  readonly #health: HealthProbe;
  readonly #closeTimeoutMs: number;
  readonly #running = new Set<Promise<unknown>>();
  readonly #indexIds = new WeakMap<SnapshotIndex, number>();
  readonly #ending = new AbortController();
  #closed: Promise<void> | null = null;
  #nextIndexId = 1;

  constructor(options: WorkerPoolOptions) {
    const threads = Math.max(MIN_THREADS, options.threads);
    this.#closeTimeoutMs = options.closeTimeoutMs ?? DEFAULT_CLOSE_TIMEOUT_MS;
    this.#admission = new Admission({ threads, maxQueue: options.maxQueue });
    this.#threads = new ThreadGroup<Task>({
      entry: new URL(`./pool.worker.${sourceExtension()}`, import.meta.url),
      threads,
      taskTimeoutMs: options.taskTimeoutMs,
      maxOldGenerationSizeMb: options.maxOldGenerationSizeMb ?? DEFAULT_HEAP_MB,
      log: options.log,
    });
    this.#health = new HealthProbe(
      () => this.#threads.run({ kind: 'ping' }),
      options.taskTimeoutMs,
    );
  }

  /** Resolves when every thread has started and answered. Fails with the reason why one cannot. */
  ready(): Promise<void> {
    return this.#threads.start({ kind: 'ping' });
  }

  /** Tasks that wait for a thread. */
  get queueLength(): number {
    return this.#admission.waiting;
  }

  /** Whether the threads answer. Never waits: each call looks at the last ping, and sends the next. */
  isHealthy(): boolean {
    return this.#closed === null && this.#health.check();
  }

  /** Reads an upload. `onProgress` is called at most every 100 ms and at each change of phase. */
  ingest(
    source: UploadSource,
    limits: ManifestLimits,
    options: Cancellable & {
      readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
    } = {},
  ): Promise<SnapshotContent> {
    return this.#run<'ingest'>(
      'ingest',
      { kind: 'ingest', source, limits },
      options.signal,
      ({ message }) => {
        if (message.kind === 'progress') options.onProgress?.(message.progress as IngestProgress);
      },
    );
  }

  /** Builds the index of a snapshot. Segments that are not in shared memory are copied there first. */
  buildIndex(segments: readonly SegmentBytes[], options: Cancellable = {}): Promise<SnapshotIndex> {
    const task = { kind: 'buildIndex', segments: shareSegments(segments) } as const;
    return this.#run<'buildIndex'>('quick', task, options.signal);
  }

  /** Asks about one snapshot. Keep the index object: threads remember their analysis of it. */
  ask<Question extends PoolQuestion>(
    index: SnapshotIndex,
    question: Question,
    options: Cancellable = {},
  ): Promise<Asked<PoolAnswer<Question>>> {
    const task = { kind: 'ask', index: this.#numbered(index), question } as const;
    // The answer's type follows from the question's kind: see tasks/ask.ts.
    return this.#run<'ask'>('quick', task, options.signal) as Promise<Asked<PoolAnswer<Question>>>;
  }

  /** Compares two snapshots. */
  diff(
    base: SnapshotIndex,
    head: SnapshotIndex,
    options: DiffOptions,
    { signal }: Cancellable = {},
  ): Promise<SnapshotDiff> {
    const sides = { base: this.#numbered(base), head: this.#numbered(head) };
    return this.#run<'diff'>('bulk', { kind: 'diff', ...sides, options }, signal);
  }

  /**
   * All allowed access as a document in UTF-8, in chunks of about 64 KiB. Begins with the first `next()`, so take one chunk
   * before promising the reader a success; leaving the loop ends the work. A thread that dies is replaced and the export
   * goes on where it was.
   */
  async *exportAccess(
    index: SnapshotIndex,
    request: ExportRequest,
    { signal }: Cancellable = {},
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const left = new AbortController();
    const either = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]);
    const chunks = new ChunkReader();
    const task = { kind: 'exportAccess', index: this.#numbered(index), request } as const;
    const done = this.#run<'exportAccess'>('bulk', task, either, (message) =>
      chunks.receive(message),
    );
    done.then(
      () => chunks.end(),
      (error: unknown) => chunks.fail(error),
    );
    try {
      yield* chunks.read();
    } finally {
      left.abort();
      await done.catch(() => undefined);
    }
  }

  /** Refuses new tasks, drops waiting ones, waits for running ones up to a bound, and ends all threads. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#admission.close();
    const bound = setTimeout(() => this.#ending.abort(), this.#closeTimeoutMs);
    await Promise.allSettled(this.#running);
    clearTimeout(bound);
    await this.#threads.close();
  }

  #run<Kind extends Task['kind']>(
    lane: Lane,
    task: Extract<Task, { kind: Kind }>,
    signal: AbortSignal | undefined,
    onMessage?: (message: MessageFromTask) => void,
  ): Promise<TaskResults[Kind]> {
    const running = this.#admitAndRun(lane, task, signal, onMessage) as Promise<TaskResults[Kind]>;
    this.#running.add(running);
    const forget = (): boolean => this.#running.delete(running);
    running.then(forget, forget);
    return running;
  }

  async #admitAndRun(
    lane: Lane,
    task: Task,
    signal: AbortSignal | undefined,
    onMessage?: (message: MessageFromTask) => void,
  ): Promise<unknown> {
    const leave = await this.#admission.enter(lane, signal);
    const cancel = new AbortController();
    const onSignal = (): void => cancel.abort(new TaskCancelledError('SIGNAL'));
    const onEnding = (): void => cancel.abort(new TaskCancelledError('POOL_CLOSED'));
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

  #numbered(index: SnapshotIndex): NumberedIndex {
    let id = this.#indexIds.get(index);
    if (id === undefined) {
      id = this.#nextIndexId++;
      this.#indexIds.set(index, id);
    }
    return { id, index };
  }
}

/** From sources (tests, tsx) the worker is TypeScript as well. */
function sourceExtension(): 'ts' | 'js' {
  return import.meta.url.endsWith('.ts') ? 'ts' : 'js';
}
