import type { IngestProgress } from '@portolan/pool';
import type { JobClaim, JobClaims, JobProgress } from '@portolan/store';

/** Milliseconds between two notes about one phase in the database. */
const INTERVAL_MS = 250;

/**
 * Notes how far a job is. One note at a time, and not too many: reading never waits for them, and one that fails is only a note.
 */
export class ProgressWriter {
  #writing: Promise<void> = Promise.resolve();
  #isBusy = false;
  #last: { readonly phase: string; readonly at: number } | null = null;

  constructor(
    private readonly claim: JobClaim,
    private readonly claims: Pick<JobClaims, 'progress'>,
  ) {}

  report({ phase, done, total }: IngestProgress): void {
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

  /**
   * Reading is over: so many units are stored now. Returns when this is noted.
   * @throws ClaimLostError
   */
  async storing(units: number): Promise<void> {
    await this.#writing;
    await this.#write({ phase: 'STORE', done: 0, total: units });
  }

  #write(progress: JobProgress): Promise<void> {
    return this.claims.progress(this.claim, progress);
  }
}
