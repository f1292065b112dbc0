import { QueueFullError, TaskCancelledError } from '../pool-errors.js';

/**
 * Which tasks may run now. Three lanes, so that slow and quick work do not starve each other:
 *
 * - `bulk` (exports, diffs): long, and as long as a slow reader likes;
 * - `ingest`: seconds for a large upload;
 * - `quick` (index builds, questions): short, and somebody is waiting for the answer.
 *
 * Of N threads bulk work may hold N - 2 (at least one), bulk work and ingestion together N - 1 (at least two), all
 * together N. So with three threads or more one is always left for quick tasks, and another for ingestion; with two
 * threads, one is left for whatever is not bulk. Within these bounds the oldest task goes first, so no flood of one kind
 * delays another for ever. The lanes also wait apart: a queue full of exports refuses no upload.
 *
 * Piscina has one queue for all, and does not apply its `maxQueue` to tasks that can be cancelled: so it only gets what
 * may run at once.
 */
export class Admission {
  readonly #caps: Readonly<Record<Lane, number>>;
  readonly #maxQueue: number;
  readonly #running: Record<Lane, number> = { bulk: 0, ingest: 0, quick: 0 };
  /** In order of arrival. */
  readonly #waiting: Waiter[] = [];
  #isClosed = false;

  constructor({ threads, maxQueue }: { readonly threads: number; readonly maxQueue: number }) {
    this.#caps = laneCaps(threads);
    this.#maxQueue = maxQueue;
  }

  /** Tasks that wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when the task may run, with the function to call when it has ended. */
  async enter(lane: Lane, signal?: AbortSignal): Promise<() => void> {
    if (this.#isClosed) throw new TaskCancelledError('POOL_CLOSED');
    if (signal?.aborted === true) throw new TaskCancelledError('SIGNAL');
    // A waiting task of the same lane is older; those of other lanes could not run now, or would be running.
    if (this.#hasRoom(lane)) this.#running[lane]++;
    else await this.#wait(lane, signal);
    return () => {
      this.#running[lane]--;
      this.#admitWaiting();
    };
  }

  /** Cancels what waits, and refuses what comes. */
  close(): void {
    this.#isClosed = true;
    for (const { cancel } of this.#waiting.splice(0)) cancel(new TaskCancelledError('POOL_CLOSED'));
  }

  #wait(lane: Lane, signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.filter((other) => other.lane === lane).length >= this.#maxQueue) {
      throw new QueueFullError(this.#maxQueue);
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(new TaskCancelledError('SIGNAL'));
      };
      const waiter: Waiter = {
        lane,
        admit: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
        cancel: (error) => {
          signal?.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort);
      this.#waiting.push(waiter);
    });
  }

  #admitWaiting(): void {
    for (;;) {
      const next = this.#waiting.findIndex(({ lane }) => this.#hasRoom(lane));
      const [waiter] = next < 0 ? [] : this.#waiting.splice(next, 1);
      if (waiter === undefined) return;
      // Counted here, not when the caller's promise continues: until then others may ask.
      this.#running[waiter.lane]++;
      waiter.admit();
    }
  }

  /** A task counts against the bound of its own lane and of all lighter ones. */
  #hasRoom(lane: Lane): boolean {
    let running = 0;
    let isWithin = true;
    for (const other of LANES) {
      running += this.#running[other];
      if (LANES.indexOf(other) >= LANES.indexOf(lane)) isWithin &&= running < this.#caps[other];
    }
    return isWithin;
  }
}

/** How many tasks of a lane, and of all heavier ones, may run at once. */
export function laneCaps(threads: number): Readonly<Record<Lane, number>> {
  return { bulk: Math.max(1, threads - 2), ingest: Math.max(2, threads - 1), quick: threads };
}

/** Kinds of work, heaviest first. */
const LANES = ['bulk', 'ingest', 'quick'] as const;

/** Where a task queues. */
export type Lane = (typeof LANES)[number];

interface Waiter {
  readonly lane: Lane;
  readonly admit: () => void;
  readonly cancel: (error: Error) => void;
}
