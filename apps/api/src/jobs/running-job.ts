import type { IngestProgress } from '@portolan/pool';
import type { ClaimedJob, JobClaim, JobClaims, JobFailure, JobRow } from '@portolan/store';
import { ProgressWriter } from './progress-writer.js';

/** A job that is being worked on here. */
export class RunningJob {
  readonly #progress: ProgressWriter;
  readonly #stop = new AbortController();
  #isStoring = false;

  constructor(
    private readonly claimed: ClaimedJob,
    private readonly claims: JobClaims,
  ) {
    this.#progress = new ProgressWriter(claimed.claim, claims);
  }

  /** As it was when it was taken up. */
  get job(): JobRow {
    return this.claimed.job;
  }

  get claim(): JobClaim {
    return this.claimed.claim;
  }

  /** What it was created with. */
  get request(): string {
    return this.claimed.request;
  }

  /** From 1. */
  get attempt(): number {
    return this.claimed.attempt;
  }

  /** Aborted when somebody has cancelled it, or has it now. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** It needs no thread any more. */
  get isStoring(): boolean {
    return this.#isStoring;
  }

  /** It is not ours any more: nothing that comes of it counts. */
  lose(): void {
    this.#stop.abort();
  }

  report(progress: IngestProgress): void {
    this.#progress.report(progress);
  }

  /**
   * From here on it cannot be cancelled.
   * @throws ClaimLostError
   */
  async storing(units: number): Promise<void> {
    this.#isStoring = true;
    await this.#progress.storing(units);
  }

  /**
   * Ends it: what it was to read is at fault.
   * @throws ClaimLostError
   */
  refuse(failure: JobFailure): Promise<void> {
    return this.claims.fail(this.claim, failure);
  }
}
