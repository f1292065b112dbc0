import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRepository, JobSignals } from '@portolan/store';
import { JobWatch } from './job-watch.js';

/** Milliseconds after which watched jobs are read again in any case. */
const REREAD_MS = 5_000;

/** Who watches which job. Watchers are told of every change, whichever process made it. */
@Injectable()
export class JobBoard implements OnModuleInit {
  readonly #watches = new Map<string, Set<JobWatch>>();
  /** Jobs that are being read, and whether they have changed since. */
  readonly #reading = new Map<string, { isOutdated: boolean }>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(JobRepository) private readonly jobs: JobRepository,
    @Inject(JobSignals) private readonly signals: JobSignals,
  ) {}

  onModuleInit(): void {
    this.signals.listen({
      changed: (id) => {
        if (this.#watches.has(id)) void this.#refresh(id);
      },
      missed: () => void this.#refreshAll(),
    });
    // A connection may be dead without anybody noticing.
    this.#timer = setInterval(() => void this.#refreshAll(), REREAD_MS).unref();
  }

  /** Call before reading the job's present state, then `begin` with it: no change falls between. */
  watch(id: string): JobWatch {
    const watch = new JobWatch((closed) => this.#unwatch(id, closed));
    const all = this.#watches.get(id) ?? new Set();
    this.#watches.set(id, all.add(watch));
    return watch;
  }

  /** Tells what there is to tell, and ends all watches. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#refreshAll();
    const all = [...this.#watches.values()].flatMap((watches) => [...watches]);
    for (const watch of all) watch.end();
  }

  async #refreshAll(): Promise<void> {
    await Promise.all([...this.#watches.keys()].map((id) => this.#refresh(id)));
  }

  /** Reads of one job never overtake each other: what is older is never told after what is newer. */
  async #refresh(id: string): Promise<void> {
    const under = this.#reading.get(id);
    if (under !== undefined) {
      under.isOutdated = true;
      return;
    }
    const reading = { isOutdated: true };
    this.#reading.set(id, reading);
    try {
      while (reading.isOutdated) {
        reading.isOutdated = false;
        const job = await this.jobs.find(id);
        if (job !== null) for (const watch of this.#watches.get(id) ?? []) watch.push(job);
      }
    } catch {
      // It is read again soon.
    } finally {
      this.#reading.delete(id);
    }
  }

  #unwatch(id: string, watch: JobWatch): void {
    const all = this.#watches.get(id);
    all?.delete(watch);
    if (all?.size === 0) this.#watches.delete(id);
  }
}
