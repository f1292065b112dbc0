/** Milliseconds that a ping may take beyond the time that a running task may keep the thread from answering. */
const PING_BOUND_MS = 5_000;

/**
 * Tells without waiting whether threads answer. Each check sends a ping unless one is under way, and judges by the last
 * one: healthy as long as it was answered, or is not overdue. Busy threads are healthy: none is busy beyond the time
 * limit of a task.
 */
export class HealthProbe {
  #lastFailed = false;
  #pendingSince: number | null = null;
  readonly #boundMs: number;

  constructor(
    private readonly ping: () => Promise<unknown>,
    taskTimeoutMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#boundMs = taskTimeoutMs + PING_BOUND_MS;
  }

  check(): boolean {
    if (this.#pendingSince === null) this.#send();
    const isOverdue =
      this.#pendingSince !== null && this.now() - this.#pendingSince > this.#boundMs;
    return !this.#lastFailed && !isOverdue;
  }

  #send(): void {
    this.#pendingSince = this.now();
    this.ping().then(
      () => this.#settle(false),
      () => this.#settle(true),
    );
  }

  #settle(hasFailed: boolean): void {
    this.#lastFailed = hasFailed;
    this.#pendingSince = null;
  }
}
