import { NO_TRAFFIC, type TrafficSets } from './traffic-sets.js';

/** Steps of a sum that are remembered, since they come again. Of a longer sum each may be a set of its own. */
const REMEMBERED_STEPS = 32;

/** New sets from which on a column remembers no more steps: they do not come again. */
const MANY_SETS = 2_000;

/** Adds up traffic sets: of few each step is remembered, of many the sum alone. */
export class TrafficSum {
  readonly #sums = new TrafficSums(1);
  readonly #total = Int32Array.of(NO_TRAFFIC);

  constructor(private readonly traffic: TrafficSets) {}

  add(id: number): void {
    this.#sums.add(this.traffic, this.#total, 0, id);
  }

  /** The id of what was added so far. */
  total(): number {
    this.#sums.end(this.traffic, this.#total);
    return this.#total[0]!;
  }
}

/** The same for a column of sums: what is in the column counts once they have ended. */
export class TrafficSums {
  readonly #steps: Uint8Array;
  readonly #later = new Map<number, number[]>();
  /** Sets that there were when the column at hand began; null = none is at hand. */
  #setsBefore: number | null = null;

  constructor(length: number) {
    this.#steps = new Uint8Array(length);
  }

  add(traffic: TrafficSets, column: Int32Array, at: number, id: number): void {
    const before = column[at]!;
    this.#setsBefore ??= traffic.size;
    if (
      this.#steps[at]! >= REMEMBERED_STEPS ||
      (before !== NO_TRAFFIC && traffic.size - this.#setsBefore > MANY_SETS)
    ) {
      if (id !== before) this.#addLater(at, id);
      return;
    }
    const sum = traffic.union(before, id);
    if (sum === before) return;
    column[at] = sum;
    this.#steps[at]!++;
  }

  #addLater(at: number, id: number): void {
    const known = this.#later.get(at);
    if (known === undefined) this.#later.set(at, [id]);
    else known.push(id);
  }

  /** Adds what was left for later; the next sums may begin. */
  end(traffic: TrafficSets, column: Int32Array): void {
    for (const [at, ids] of this.#later) column[at] = traffic.unionOf([column[at]!, ...ids]);
    this.#later.clear();
    this.#steps.fill(0);
    this.#setsBefore = null;
  }
}
