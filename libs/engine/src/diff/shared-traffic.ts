import type { Analysis } from '../analysis.js';
import { TrafficSets } from '../sets/traffic-sets.js';

/** One traffic table for two analyses, whose own ids mean different sets. */
export class SharedTraffic extends TrafficSets {
  readonly #known = new Map<Analysis, Int32Array>();

  /** The id here of a set of an analysis. */
  of(analysis: Analysis, id: number): number {
    let known = this.#known.get(analysis);
    if (known === undefined || known.length <= id) {
      const larger = new Int32Array(Math.max(1024, id * 2)).fill(-1);
      if (known !== undefined) larger.set(known);
      known = larger;
      this.#known.set(analysis, known);
    }
    let shared = known[id]!;
    if (shared < 0) {
      shared = this.add(analysis.traffic.get(id));
      known[id] = shared;
    }
    return shared;
  }

  /** The same of many. */
  ofAll(analysis: Analysis, ids: Int32Array): Int32Array {
    const shared = new Int32Array(ids.length);
    let known = this.#known.get(analysis) ?? new Int32Array(0);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      let found = id < known.length ? known[id]! : -1;
      if (found < 0) {
        found = this.of(analysis, id);
        known = this.#known.get(analysis)!;
      }
      shared[i] = found;
    }
    return shared;
  }
}
