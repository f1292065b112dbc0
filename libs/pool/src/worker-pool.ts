import type {
  Asked,
  Detection,
  DiffOptions,
  PolicySwitches,
  SegmentBytes,
  SnapshotContent,
  SnapshotDiff,
} from '@portolan/model';
import type { PermissionKind, PermissionRelation, SnapshotIndex } from '@portolan/engine';
import type { ManifestLimits } from '@portolan/manifests';
import type {
  FindingChanges,
  FindingChangesRequest,
  FindingsDocument,
  FindingsReportRequest,
  FindingsRequest,
  FindingsSide,
  FoundFindings,
} from './finding-messages.js';
import type {
  ExportRequest,
  IngestProgress,
  PoolAnswer,
  PoolQuestion,
  Task,
  TaskResults,
} from './messages.js';
import type { NumberedIndex } from './numbered-index.js';
import {
  type Cancellable,
  DEFAULT_CLOSE_TIMEOUT_MS,
  DEFAULT_HEAP_MB,
  MIN_THREADS,
  type WorkerPoolOptions,
} from './pool-options.js';
import type { ReviewOutcome, ReviewRequest, ReviewSide } from './review-messages.js';
import { shareSegments } from './share-segments.js';
import type { UploadSource } from './upload-source.js';
import { TaskPool, type TaskRun } from './threads/task-pool.js';
import { WORKER_FILE } from './worker-file.js';

/**
 * Worker threads for everything that takes longer than a moment. Every method may fail with QueueFullError,
 * TaskTimeoutError, TaskCancelledError or WorkerDiedError; any other error is a bug inside the task, passed on as it is.
 */
export class WorkerPool {
  readonly #pool: TaskPool<Task>;
  readonly #indexIds = new WeakMap<SnapshotIndex, number>();
  #lastIndexId = 0;

  constructor(options: WorkerPoolOptions) {
    this.#pool = new TaskPool<Task>({
      entry: WORKER_FILE,
      threads: Math.max(MIN_THREADS, options.threads),
      maxQueue: options.maxQueue,
      taskTimeoutMs: options.taskTimeoutMs,
      maxOldGenerationSizeMb: options.maxOldGenerationSizeMb ?? DEFAULT_HEAP_MB,
      closeTimeoutMs: options.closeTimeoutMs ?? DEFAULT_CLOSE_TIMEOUT_MS,
      log: options.log,
      ping: { kind: 'ping' },
    });
  }

  /** Resolves when every thread has started and answered. Fails with the reason why one cannot. */
  ready(): Promise<void> {
    return this.#pool.ready();
  }

  /** Refuses new tasks, drops waiting ones, waits for running ones up to a bound, and ends all threads. */
  close(): Promise<void> {
    return this.#pool.close();
  }

  /** Whether the threads answer. Never waits: each call judges by the last ping, and sends the next. */
  isHealthy(): boolean {
    return this.#pool.isHealthy();
  }

  /** Tasks that wait for a thread. */
  get queueLength(): number {
    return this.#pool.queueLength;
  }

  /** Reads an upload. `onProgress` is called at most every 100 ms, and when the phase changes. */
  ingest(
    source: UploadSource,
    limits: ManifestLimits,
    { signal, onProgress }: IngestOptions = {},
  ): Promise<SnapshotContent> {
    const onMessage: TaskRun['onMessage'] = ({ message }) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
    };
    const task = { kind: 'ingest', source, limits } as const;
    return this.#run<'ingest'>(task, { lane: 'ingest', signal, onMessage });
  }

  /** Builds the index of a snapshot for a reading of policies. Segments that are not in shared memory are copied there first. */
  buildIndex(
    segments: readonly SegmentBytes[],
    switches: PolicySwitches,
    { signal }: Cancellable = {},
  ): Promise<SnapshotIndex> {
    const task = { kind: 'buildIndex', segments: shareSegments(segments), switches } as const;
    return this.#run<'buildIndex'>(task, { lane: 'quick', signal });
  }

  /** Finds what a snapshot tells of its cluster. `isComplete` = it holds the whole cluster. */
  detectProfile(
    segments: readonly SegmentBytes[],
    isComplete: boolean,
    { signal }: Cancellable = {},
  ): Promise<readonly Detection[]> {
    const task = { kind: 'detectProfile', segments: shareSegments(segments), isComplete } as const;
    return this.#run<'detectProfile'>(task, { lane: 'quick', signal });
  }

  /** Asks about one snapshot. Pass the same index object each time: threads remember their analysis of it. */
  ask<Question extends PoolQuestion>(
    index: SnapshotIndex,
    question: Question,
    { signal }: Cancellable = {},
  ): Promise<Asked<PoolAnswer<Question>>> {
    const task = { kind: 'ask', index: this.#numbered(index), question } as const;
    // PoolAnswer says which answer `tasks/ask.ts` gives to which question.
    return this.#run<'ask'>(task, { lane: 'quick', signal }) as Promise<
      Asked<PoolAnswer<Question>>
    >;
  }

  /** Compares two snapshots. */
  diff(
    base: SnapshotIndex,
    head: SnapshotIndex,
    options: DiffOptions,
    { signal }: Cancellable = {},
  ): Promise<SnapshotDiff> {
    const sides = { base: this.#numbered(base), head: this.#numbered(head) };
    return this.#run<'diff'>({ kind: 'diff', ...sides, options }, { lane: 'bulk', signal });
  }

  /** Compares what one policy set explicitly permits with what another allows, over the same pods. */
  comparePermissions(
    a: SnapshotIndex,
    b: SnapshotIndex,
    relation: PermissionKind,
    { signal }: Cancellable = {},
  ): Promise<PermissionRelation> {
    const sides = { a: this.#numbered(a), b: this.#numbered(b) };
    const task = { kind: 'comparePermissions', ...sides, relation } as const;
    return this.#run<'comparePermissions'>(task, { lane: 'bulk', signal });
  }

  /**
   * Reviews a change: reads both states and compares them. What is wrong with the input is an outcome. `onProgress` as that of
   * `ingest`. Segments that are not in shared memory are copied there first.
   */
  review(
    { base, head, ...request }: ReviewCall,
    { signal, onProgress }: IngestOptions = {},
  ): Promise<ReviewOutcome> {
    const onMessage: TaskRun['onMessage'] = ({ message }) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
    };
    const sides = { base: this.#side(base), head: this.#side(head) };
    const task = { kind: 'review', request: { ...request, ...sides } } as const;
    return this.#run<'review'>(task, { lane: 'bulk', signal, onMessage });
  }

  #side({ index, below, ...side }: SideCall): ReviewSide {
    return {
      ...side,
      index: index === null ? null : this.#numbered(index),
      below:
        below === null
          ? null
          : {
              ...below,
              segments: shareSegments(below.segments),
              sources: shareSegments(below.sources),
            },
    };
  }

  /** The findings of a stored snapshot, asked of its index. */
  findings({ side, ...terms }: FindingsCall, { signal }: Cancellable = {}): Promise<FoundFindings> {
    const request = { ...terms, side: this.#findingsSide(side) };
    return this.#run<'findings'>({ kind: 'findings', request }, { lane: 'bulk', signal });
  }

  /** Which findings of two stored snapshots are new, and which are gone. Their indices are built for one reading of policies. */
  compareFindings(
    { base, head, ...terms }: FindingChangesCall,
    { signal }: Cancellable = {},
  ): Promise<FindingChanges> {
    const sides = { base: this.#findingsSide(base), head: this.#findingsSide(head) };
    const task = { kind: 'compareFindings', request: { ...terms, ...sides } } as const;
    return this.#run<'compareFindings'>(task, { lane: 'bulk', signal });
  }

  /** Findings that `findings` gave, as a document. */
  reportFindings(
    { index, sources, ...request }: FindingsReportCall,
    { signal }: Cancellable = {},
  ): Promise<FindingsDocument> {
    const snapshot = { index: this.#numbered(index), sources: shareSegments(sources) };
    const task = { kind: 'reportFindings', request: { ...request, ...snapshot } } as const;
    return this.#run<'reportFindings'>(task, { lane: 'quick', signal });
  }

  #findingsSide({ index, sources, ...read }: FoundSnapshot): FindingsSide {
    return { ...read, index: this.#numbered(index), sources: shareSegments(sources) };
  }

  /**
   * All allowed access as a UTF-8 document, in chunks of about 64 KiB, as fast as they are taken. The work begins with the
   * first `next()`, so take one chunk before promising success to anybody; leaving the loop ends it.
   */
  exportAccess(
    index: SnapshotIndex,
    request: ExportRequest,
    { signal }: Cancellable = {},
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const task = { kind: 'exportAccess', index: this.#numbered(index), request } as const;
    return this.#pool.stream(task, { lane: 'bulk', signal });
  }

  async #run<Kind extends Task['kind']>(
    task: Extract<Task, { kind: Kind }>,
    how: TaskRun,
  ): Promise<TaskResults[Kind]> {
    // Our own threads are trusted to give what TaskResults says.
    return (await this.#pool.run(task, how)) as TaskResults[Kind];
  }

  #numbered(index: SnapshotIndex): NumberedIndex {
    const id = this.#indexIds.get(index) ?? ++this.#lastIndexId;
    this.#indexIds.set(index, id);
    return { id, index };
  }
}

/** A side as callers give it: the index as they have it. */
type SideCall = Omit<ReviewSide, 'index'> & { readonly index: SnapshotIndex | null };

/** What is to be reviewed. */
export type ReviewCall = Omit<ReviewRequest, 'base' | 'head'> & {
  readonly base: SideCall;
  readonly head: SideCall;
};

/** A stored snapshot of which findings are asked, as callers give it. */
export type FoundSnapshot = WithIndex<FindingsSide>;

/** Of which snapshot findings are asked. */
export type FindingsCall = Omit<FindingsRequest, 'side'> & { readonly side: FoundSnapshot };

/** Of which snapshots findings are compared. */
export type FindingChangesCall = Omit<FindingChangesRequest, 'base' | 'head'> & {
  readonly base: FoundSnapshot;
  readonly head: FoundSnapshot;
};

/** What is to be written down. */
export type FindingsReportCall = WithIndex<FindingsReportRequest>;

/** The index as callers have it. */
type WithIndex<Message> = Omit<Message, 'index'> & { readonly index: SnapshotIndex };

interface IngestOptions extends Cancellable {
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
}
