import { type Analysis, groupOf, NO_ROW } from '@portolan/engine';
import type { Direction } from '@portolan/model';
import { remembered } from './remembered.js';

/** Which pods have the same policies (a row): what follows from policies alone is found out once for all of them. */
export class GovernedRows {
  readonly #rows = new Map<Direction, ReadonlyMap<number, readonly number[]>>();

  constructor(private readonly analysis: Analysis) {}

  /** By row, its classes. Pods that no policy selects are in none. */
  of(direction: Direction): ReadonlyMap<number, readonly number[]> {
    return remembered(this.#rows, direction, () => this.#find(direction));
  }

  #find(direction: Direction): Map<number, number[]> {
    const found = new Map<number, number[]>();
    this.analysis.direction(direction).rowOfClass.forEach((row, podClass) => {
      if (row === NO_ROW) return;
      const known = found.get(row);
      if (known === undefined) found.set(row, [podClass]);
      else known.push(podClass);
    });
    return found;
  }

  /** The classes that a policy governs in a direction. */
  subjects(direction: Direction, policy: number): Int32Array {
    return groupOf(this.analysis.direction(direction).subjects, policy);
  }

  /** Of some classes one for each row. */
  onePerRow(direction: Direction, classes: Iterable<number>): number[] {
    const byRow = new Map<number, number>();
    for (const one of classes) {
      const row = this.analysis.rowOf(direction, one);
      if (!byRow.has(row)) byRow.set(row, one);
    }
    return [...byRow.values()];
  }

  /** Workloads (indices) that have pods of some classes, sorted. */
  workloads(classes: Iterable<number>): number[] {
    const { pods, classes: columns } = this.analysis.index;
    const found = new Set<number>();
    for (const one of classes)
      for (const pod of groupOf(columns.pods, one)) found.add(pods.podWorkload[pod]!);
    return [...found].sort((a, b) => a - b);
  }
}
