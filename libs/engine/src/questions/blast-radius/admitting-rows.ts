import type { Analysis } from '../../analysis.js';
import { groupOf } from '../../sets/grouped.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { NO_ROW } from '../../snapshot-index.js';

/** Which ingress rows of NetworkPolicies admit a source class, and what. Rows with other tiers are not asked. */
export class AdmittingRows {
  /** Rows that admit the source, in no order. */
  readonly rows: number[] = [];
  readonly #admitted: Int32Array;
  /** [row, traffic] pairs of rules that admit every pod; `#everyoneCount` numbers of them matter. */
  readonly #everyone: Int32Array;
  #everyoneCount: number;

  constructor(private readonly analysis: Analysis) {
    const { adminOfRow, usesOfEveryone } = analysis.index.ingress;
    this.#admitted = new Int32Array(adminOfRow.length).fill(NO_TRAFFIC);
    this.#everyone = usesOfEveryone.slice();
    this.#everyoneCount = this.#everyone.length;
  }

  /** Turns to another source class. `classesLeft` says by row how many classes matter; a row without any never does again. */
  ask(source: number, classesLeft: Int32Array): void {
    for (const row of this.rows) this.#admitted[row] = NO_TRAFFIC;
    this.rows.length = 0;
    const { ingress, classSetsOfClass } = this.analysis.index;
    const { offsets, items } = ingress.uses;
    this.#addEveryone(classesLeft);
    for (const set of groupOf(classSetsOfClass, source))
      for (let i = offsets[set]!; i < offsets[set + 1]!; i += 2)
        if (classesLeft[items[i]!]! > 0) this.#add(items[i]!, items[i + 1]!);
  }

  /** What a row (NO_ROW = a class that no policy selects) admits of the source that was asked about. */
  of(row: number): number {
    return row === NO_ROW ? FULL_TRAFFIC : this.#admitted[row]!;
  }

  /** Rules that admit everybody are gone through for each source: those of rows that do not matter any more are dropped. */
  #addEveryone(classesLeft: Int32Array): void {
    const pairs = this.#everyone;
    let kept = 0;
    for (let i = 0; i < this.#everyoneCount; i += 2) {
      const row = pairs[i]!;
      const traffic = pairs[i + 1]!;
      if (classesLeft[row] === 0) continue;
      pairs[kept++] = row;
      pairs[kept++] = traffic;
      this.#add(row, traffic);
    }
    this.#everyoneCount = kept;
  }

  #add(row: number, traffic: number): void {
    if (traffic === NO_TRAFFIC) return;
    const before = this.#admitted[row]!;
    if (before === NO_TRAFFIC) this.rows.push(row);
    this.#admitted[row] = this.analysis.traffic.union(before, traffic);
  }
}
