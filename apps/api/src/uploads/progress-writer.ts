import type { IngestProgress } from '@portolan/pool';
import type { JobProgress, JobRepository, JobRow } from '@portolan/store';
import type { JobBoard } from '../jobs/job-board.js';

/** Milliseconds between two notes about one phase in the database. */
const INTERVAL_MS = 250;

/**
 * Notes how far a job is, and tells its watchers. One note at a time, and not too many: reading never waits for them,
 * and one that fails is only a note.
 */
export class ProgressWriter {
  #writing: Promise<void> = Promise.resolve();
  #isBusy = false;
  #isStarted = false;
  #last: { readonly phase: string; readonly at: number } | null = null;

  constructor(
    private readonly jobId: string,
    private readonly jobs: Pick<JobRepository, 'start' | 'progress'>,
    private readonly board: Pick<JobBoard, 'working' | 'tell'>,
  ) {}

  report({ phase, done, total }: IngestProgress): void {
    this.board.working(this.jobId);
    const now = Date.now();
    const isSoon = this.#last?.phase === phase && now - this.#last.at < INTERVAL_MS;
    if (this.#isBusy || isSoon) return;
    this.#last = { phase, at: now };
    this.#isBusy = true;
    this.#writing = this.#write({ phase, done, total }).then(
      () => void (this.#isBusy = false),
      () => void (this.#isBusy = false),
    );
  }

  /** Reading is over: so many segments are stored now. Returns when this is noted. */
  async storing(segments: number): Promise<void> {
    await this.#writing;
    await this.#write({ phase: 'STORE', done: 0, total: segments });
  }

  /** All of them are: a job that ends says so. */
  async stored(segments: number): Promise<void> {
    await this.#write({ phase: 'STORE', done: segments, total: segments });
  }

  async #write(progress: JobProgress): Promise<void> {
    if (!this.#isStarted) {
      this.#isStarted = true;
      await this.jobs.start(this.jobId);
    }
    const job: JobRow | null = await this.jobs.progress(this.jobId, progress);
    if (job !== null) this.board.tell(job);
  }
}
