import { type Analysis, NO_ROW, NO_TRAFFIC } from '@portolan/engine';
import { type Direction, RULE_ACTIONS } from '@portolan/model';

/** Classes of the pods of a workload that take part. */
export function classesOf({ index }: Analysis, workload: number): Int32Array {
  const { offsets, items } = index.classes.ofWorkload;
  return items.subarray(offsets[workload], offsets[workload + 1]);
}

/** Whether two traffic sets have something in common. */
export function isCommon({ traffic }: Analysis, a: number, b: number): boolean {
  return traffic.intersection(a, b) !== NO_TRAFFIC;
}

/** Whether the policies of one class, alone, let some of the wanted traffic pass with another. */
export function isAdmitted(
  analysis: Analysis,
  direction: Direction,
  subject: number,
  peer: number,
  wanted: number,
): boolean {
  return isCommon(analysis, analysis.sideTraffic(direction, subject, peer), wanted);
}

/** Remembers what depends on the policies of a class alone. Not asked of classes that no policy selects. */
export class ByRow<Value> {
  readonly #known = new Map<number, Value>();

  constructor(
    private readonly analysis: Analysis,
    private readonly direction: Direction,
    private readonly find: (podClass: number, row: number) => Value,
  ) {}

  /** Null = no policy selects the class in the direction. */
  of(podClass: number): Value | null {
    const row = this.analysis.rowOf(this.direction, podClass);
    if (row === NO_ROW) return null;
    let found = this.#known.get(row);
    if (found === undefined) {
      found = this.find(podClass, row);
      this.#known.set(row, found);
    }
    return found;
  }
}

/** What the entries of a row say, in rough. */
export interface RowShape {
  /** Nothing is allowed at all. */
  readonly isClosed: boolean;
  /** All that is allowed is with addresses outside the cluster. */
  readonly isForAddresses: boolean;
}

/** Which sorts of peers the rules of a row allow. */
export function shapeOfRow(analysis: Analysis, direction: Direction, row: number): RowShape {
  const { entryTraffic, entryAddresses, entryAction } = analysis.index.compiled;
  const allowed: number[] = [];
  analysis.eachEntry(direction, row, (entry) => {
    if (entryAction[entry] === ALLOW && entryTraffic[entry] !== NO_TRAFFIC) allowed.push(entry);
  });
  const isClosed = allowed.length === 0;
  const isForAddresses = !isClosed && allowed.every((entry) => entryAddresses[entry]! >= 0);
  return { isClosed, isForAddresses };
}

const ALLOW = RULE_ACTIONS.indexOf('ALLOW');
