import type { JobRow } from '@portolan/store';
import { hasEnded } from './job-status.enum.js';

/**
 * States of a job for one listener: the latest whenever it asks, and the last one before the end. A listener that is
 * slow misses states between, so that it costs nothing to wait for it.
 */
export class JobWatch implements AsyncIterableIterator<JobRow> {
  #latest: JobRow | null = null;
  #isClosed = false;
  #wake: (() => void) | null = null;

  constructor(private readonly onClose: (watch: JobWatch) => void) {}

  /** A newer state. After the job's end nothing is taken any more. */
  push(job: JobRow): void {
    if (this.#isClosed || (this.#latest !== null && hasEnded(this.#latest))) return;
    this.#latest = job;
    this.#wake?.();
  }

  /** The state at the begin, unless a newer one came before. */
  begin(job: JobRow): void {
    if (this.#latest === null) this.push(job);
  }

  /** There is nothing more to come; the latest state is still given. */
  end(): void {
    this.#close();
  }

  async next(): Promise<IteratorResult<JobRow, undefined>> {
    while (this.#latest === null && !this.#isClosed) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const job = this.#latest;
    this.#latest = null;
    if (job === null) return { done: true, value: undefined };
    if (hasEnded(job)) this.#close();
    return { done: false, value: job };
  }

  return(): Promise<IteratorResult<JobRow, undefined>> {
    this.#latest = null;
    this.#close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #close(): void {
    this.#isClosed = true;
    this.#wake?.();
    this.onClose(this);
  }
}
