interface Settled<Value> {
  readonly value: Value;
  readonly weight: number;
}

interface Pending<Value> {
  readonly result: Promise<Value>;
  readonly cancel: AbortController;
  waiting: number;
}

/** How much a cache holds, and how its values are weighed. */
export interface MemoCacheOptions<Value> {
  /** Sum of the weights of all values that are kept. */
  readonly maxWeight: number;
  readonly weigh: (value: Value) => number;
}

/**
 * Remembers what was made for a key, least recently used first to go. Several that ask for the same missing key wait
 * for one making of it; a failure is told to all of them and not remembered. A value that is heavier than the whole
 * cache is made and not kept.
 */
export class MemoCache<Value> {
  /** In the order of use: the first was used longest ago. */
  readonly #settled = new Map<string, Settled<Value>>();
  readonly #pending = new Map<string, Pending<Value>>();
  #weight = 0;

  constructor(private readonly options: MemoCacheOptions<Value>) {}

  /** Weight of what is kept. */
  get weight(): number {
    return this.#weight;
  }

  /**
   * The value of a key, made when missing. When every caller that waits has aborted its signal, the signal that `make`
   * got aborts too.
   */
  get(
    key: string,
    make: (signal: AbortSignal) => Promise<Value>,
    signal: AbortSignal | null = null,
  ): Promise<Value> {
    const settled = this.#use(key);
    if (settled !== null) return Promise.resolve(settled.value);
    const pending = this.#pending.get(key) ?? this.#begin(key, make);
    return this.#wait(pending, signal);
  }

  /** As `get`, a value that is made at once. */
  getAtOnce(key: string, make: () => Value): Value {
    const settled = this.#use(key);
    if (settled !== null) return settled.value;
    const value = make();
    this.#keep(key, value);
    return value;
  }

  #use(key: string): Settled<Value> | null {
    const settled = this.#settled.get(key);
    if (settled === undefined) return null;
    this.#settled.delete(key);
    this.#settled.set(key, settled);
    return settled;
  }

  #begin(key: string, make: (signal: AbortSignal) => Promise<Value>): Pending<Value> {
    const cancel = new AbortController();
    const result = this.#makeAndKeep(key, () => make(cancel.signal));
    const pending = { result, cancel, waiting: 0 };
    this.#pending.set(key, pending);
    // Who asks after the making was given up begins anew.
    cancel.signal.addEventListener('abort', () => this.#forget(key, pending));
    result.then(
      () => this.#forget(key, pending),
      () => this.#forget(key, pending),
    );
    return pending;
  }

  async #makeAndKeep(key: string, make: () => Promise<Value>): Promise<Value> {
    const value = await make();
    this.#keep(key, value);
    return value;
  }

  #forget(key: string, pending: Pending<Value>): void {
    if (this.#pending.get(key) === pending) this.#pending.delete(key);
  }

  #wait(pending: Pending<Value>, signal: AbortSignal | null): Promise<Value> {
    pending.waiting++;
    const leave = (): void => {
      pending.waiting--;
      if (pending.waiting === 0) pending.cancel.abort();
    };
    if (signal?.aborted === true) leave();
    else signal?.addEventListener('abort', leave, { once: true });
    return pending.result.finally(() => signal?.removeEventListener('abort', leave));
  }

  #keep(key: string, value: Value): void {
    const weight = this.options.weigh(value);
    if (weight > this.options.maxWeight) return;
    this.#drop(key);
    this.#settled.set(key, { value, weight });
    this.#weight += weight;
    for (const oldest of this.#settled.keys()) {
      if (this.#weight <= this.options.maxWeight) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#weight -= this.#settled.get(key)?.weight ?? 0;
    this.#settled.delete(key);
  }
}
