import { Injectable } from '@nestjs/common';
import type { JobRow } from '@portolan/store';
import { JobWatch } from './job-watch.js';

/** What came of asking a job to stop. */
export type StopResult = 'STOPPED' | 'TOO_LATE' | 'NOT_HERE';

interface Running {
  readonly stop: AbortController;
  state: 'WAITING' | 'WORKING' | 'STORING';
}

/** The jobs of this process: which of them wait, who watches them, and how to stop them. */
@Injectable()
export class JobBoard {
  // In the order in which they came.
  readonly #running = new Map<string, Running>();
  readonly #watches = new Map<string, Set<JobWatch>>();

  /** A job is here, and waits. The signal is aborted when somebody stops it. */
  enter(id: string): AbortSignal {
    const stop = new AbortController();
    this.#running.set(id, { stop, state: 'WAITING' });
    return stop.signal;
  }

  /** It waits no more. */
  working(id: string): void {
    this.#set(id, 'WORKING');
  }

  /** From here on it cannot be stopped. */
  storing(id: string): void {
    this.#set(id, 'STORING');
  }

  leave(id: string): void {
    this.#running.delete(id);
  }

  stop(id: string): StopResult {
    const job = this.#running.get(id);
    if (job === undefined) return 'NOT_HERE';
    if (job.state === 'STORING') return 'TOO_LATE';
    job.stop.abort();
    return 'STOPPED';
  }

  /** From 1; null when it does not wait. */
  queuePosition(id: string): number | null {
    let position = 0;
    for (const [other, { state }] of this.#running) {
      if (state === 'WAITING') position++;
      if (other === id) return state === 'WAITING' ? position : null;
    }
    return null;
  }

  /** Tells whoever watches a job. */
  tell(job: JobRow): void {
    for (const watch of this.#watches.get(job.id) ?? []) watch.push(job);
  }

  /** Call before reading the job's present state, then `begin` with it: no change falls between. */
  watch(id: string): JobWatch {
    const watch = new JobWatch((closed) => this.#unwatch(id, closed));
    const all = this.#watches.get(id) ?? new Set();
    this.#watches.set(id, all.add(watch));
    return watch;
  }

  #unwatch(id: string, watch: JobWatch): void {
    const all = this.#watches.get(id);
    all?.delete(watch);
    if (all?.size === 0) this.#watches.delete(id);
  }

  #set(id: string, state: Running['state']): void {
    const job = this.#running.get(id);
    if (job !== undefined) job.state = state;
  }
}
