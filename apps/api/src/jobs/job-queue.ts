import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { jobSlots, TaskCancelledError, WorkerPool } from '@portolan/pool';
import {
  ClaimLostError,
  JobClaims,
  type JobKind,
  JobSignals,
  MAX_ATTEMPTS,
  UploadRepository,
} from '@portolan/store';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { LOG, type Log } from '../logging/log.js';
import { JobBoard } from './job-board.js';
import { failureOf, mayPassNextTime } from './job-failure.js';
import { RunningJob } from './running-job.js';

/** Carries out a job, or throws. */
export type JobWork = (running: RunningJob) => Promise<void>;

/** Leases are renewed so many times before they would end. */
const RENEWALS = 3;
/** Seconds until a job is tried again, for each time that it was tried. */
const RETRY_SECONDS = 1;

/**
 * Takes up jobs of which the work is known here, as many as there are threads for, whichever process created them. A process in
 * which no work is known takes up none. Whatever happens, a job ends, or somebody else takes it up.
 */
@Injectable()
export class JobQueue implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #work = new Map<JobKind, JobWork>();
  readonly #running = new Set<RunningJob>();
  readonly #ends = new Set<Promise<void>>();
  #round: Promise<void> = Promise.resolve();
  #nextRound: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosing = false;

  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(LOG) private readonly log: Log,
    @Inject(WorkerPool) private readonly workers: WorkerPool,
    @Inject(JobClaims) private readonly claims: JobClaims,
    @Inject(JobSignals) private readonly signals: JobSignals,
    @Inject(UploadRepository) private readonly uploads: UploadRepository,
    @Inject(JobBoard) private readonly board: JobBoard,
  ) {}

  /** From the start of the application on, jobs of a kind are carried out here. */
  handle(kind: JobKind, work: JobWork): void {
    this.#work.set(kind, work);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.#work.size === 0) return;
    this.signals.listen({
      changed: (id, status) => {
        if (status === 'QUEUED') void this.poke();
        if (status === 'CANCELLED') this.#find(id)?.lose();
      },
      missed: () => void this.#tick(),
    });
    const everyMs = (this.config.leaseSeconds * 1000) / RENEWALS;
    this.#timer = setInterval(() => void this.#tick(), everyMs);
    await this.#tick();
  }

  /** Jobs under way end, or are handed back, before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isClosing = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.workers.close();
    await this.#round;
    await Promise.allSettled(this.#ends);
    await this.board.close();
  }

  /** Takes up what may be begun here. Never fails. */
  poke(): Promise<void> {
    this.#nextRound ??= this.#round = this.#round.then(() => {
      this.#nextRound = null;
      return this.#takeAll();
    });
    return this.#nextRound;
  }

  async #takeAll(): Promise<void> {
    try {
      for (;;) {
        const kinds = this.#kindsWithRoom();
        if (kinds.length === 0) return;
        const claimed = await this.claims.take(kinds, this.config.leaseSeconds);
        if (claimed === null) return;
        this.#begin(new RunningJob(claimed, this.claims));
      }
    } catch (error) {
      this.log.warn({ err: error }, 'no job could be taken up; it is tried again soon');
    }
  }

  /** None while the process stops: others have time. */
  #kindsWithRoom(): JobKind[] {
    if (this.#isClosing) return [];
    const reading = [...this.#running].filter(({ isStoring }) => !isStoring);
    const slots = jobSlots(this.config.threads);
    if (reading.length >= slots.all) return [];
    const reviews = reading.filter(({ job }) => job.kind === 'REVIEW').length;
    return [...this.#work.keys()].filter((kind) => kind !== 'REVIEW' || reviews < slots.reviews);
  }

  #begin(running: RunningJob): void {
    this.#running.add(running);
    const end = this.#carryOut(running).then(() => {
      this.#running.delete(running);
      this.#ends.delete(end);
      void this.poke();
    });
    this.#ends.add(end);
  }

  /** Never fails. */
  async #carryOut(running: RunningJob): Promise<void> {
    try {
      const work = this.#work.get(running.job.kind);
      await work?.(running);
    } catch (error) {
      await this.#failed(running, error).catch((cause: unknown) => {
        if (cause instanceof ClaimLostError) return;
        // Its lease ends, and somebody takes it up again.
        const context = { err: error, cause, jobId: running.job.id };
        this.log.error(context, 'a job failed, and that could not be noted');
      });
    }
  }

  async #failed(running: RunningJob, error: unknown): Promise<void> {
    const { claim, attempt, signal, job } = running;
    // Who cancelled it, or has it now, has noted that.
    if (signal.aborted || error instanceof ClaimLostError) return;
    if (this.#isClosing && error instanceof TaskCancelledError) {
      await this.claims.handBack(claim);
      return;
    }
    if (mayPassNextTime(error) && attempt < MAX_ATTEMPTS) {
      this.log.warn({ err: error, jobId: job.id }, 'a job failed and is tried again');
      const seconds = attempt * RETRY_SECONDS;
      await this.claims.retryAfter(claim, seconds);
      setTimeout(() => void this.poke(), seconds * 1000 + 50).unref();
      return;
    }
    const failure = failureOf(error);
    await this.claims.fail(claim, failure);
    // Nobody may be waiting for the answer any more, who would be told.
    if (failure.code === 'INTERNAL') this.log.error({ err: error, jobId: job.id }, 'a job failed');
  }

  /** Never fails: a database that is away is asked again the next time. */
  async #tick(): Promise<void> {
    try {
      const running = [...this.#running];
      const held = new Set(
        await this.claims.renew(
          running.map(({ claim }) => claim),
          this.config.leaseSeconds,
        ),
      );
      for (const job of running) if (!held.has(job.claim)) job.lose();
      const lost = await this.claims.failLost();
      if (lost > 0) this.log.warn(`Jobs that were lost by every worker have failed: ${lost}`);
      const left = await this.uploads.removeLeft();
      if (left > 0) this.log.warn(`Uploads that nobody completed have been removed: ${left}`);
    } catch (error) {
      this.log.warn({ err: error }, 'leases of jobs could not be renewed; it is tried again soon');
    }
    await this.poke();
  }

  #find(id: string): RunningJob | undefined {
    return [...this.#running].find(({ job }) => job.id === id);
  }
}
