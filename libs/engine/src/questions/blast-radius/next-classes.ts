import type { Analysis } from '../../analysis.js';
import { columnsOf, isTieredRow } from '../../direction-columns.js';
import { groupOf } from '../../sets/grouped.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { EVERYONE, NO_ROW } from '../../snapshot-index.js';
import type { AskedTraffic } from '../asked-traffic.js';
import { AdmittingRows } from './admitting-rows.js';

/** Members of the class sets of a source up to which they are walked; beyond, rows that admit the source are. */
const FEW_PEERS = 2_000;

/**
 * Finds whom a class reaches among classes that are left, without looking at all others: from the rules of the source's
 * policies where these name few pods, else from the ingress rows that admit the source. Knows NetworkPolicies only.
 */
export class NextClasses {
  readonly #ofRow: number[][];
  /** Classes that no policy selects on ingress. */
  #unselected: number[] = [];
  /** Egress rows that were asked about all of these: what passes to them depends on the row alone. */
  readonly #rowsAsked = new Set<number>();
  readonly #admitting: AdmittingRows;
  readonly #toClass: Int32Array;

  /** Whether the policies of a snapshot are of that sort. */
  static isFor({ index }: Analysis): boolean {
    return (['INGRESS', 'EGRESS'] as const).every((direction) => {
      const columns = columnsOf(index, direction);
      return columns.adminOfRow.every((_, row) => !isTieredRow(columns, row));
    });
  }

  /** `left`: by class, how many pods are not reached. */
  constructor(
    private readonly analysis: Analysis,
    private readonly asked: AskedTraffic,
    private readonly left: Int32Array,
  ) {
    const { index } = analysis;
    this.#ofRow = Array.from(index.ingress.adminOfRow, (): number[] => []);
    for (const [one, row] of index.ingress.rowOfClass.entries())
      (row === NO_ROW ? this.#unselected : this.#ofRow[row]!).push(one);
    this.#admitting = new AdmittingRows(analysis);
    this.#toClass = new Int32Array(index.classes.count).fill(NO_TRAFFIC);
  }

  /**
   * Tells `reach` of each class with pods left that a class reaches. `classesLeft` says by ingress row how many such classes matter;
   * of rows without any, some may be told of or not.
   */
  find(source: number, classesLeft: Int32Array, reach: (podClass: number) => void): void {
    this.#admitting.ask(source, classesLeft);
    const row = this.analysis.rowOf('EGRESS', source);
    const few = this.#fewPeers(row);
    if (few === null) this.#findByRows(source, row, classesLeft, reach);
    else this.#findAmong(few, reach);
  }

  #findByRows(
    source: number,
    row: number,
    classesLeft: Int32Array,
    reach: (podClass: number) => void,
  ): void {
    const isReached = (podClass: number): boolean => {
      const admitted = this.#admits(podClass);
      if (admitted === NO_TRAFFIC || row === NO_ROW) return admitted !== NO_TRAFFIC;
      const { analysis } = this;
      const sent = analysis.sideTraffic('EGRESS', source, podClass);
      return analysis.traffic.intersection(admitted, sent) !== NO_TRAFFIC;
    };
    const tryAll = (classes: readonly number[]): void => {
      for (const one of classes) if (this.left[one]! > 0 && isReached(one)) reach(one);
    };
    for (const ingress of this.#admitting.rows)
      if (classesLeft[ingress]! > 0) tryAll(this.#ofRow[ingress]!);
    if (this.#rowsAsked.has(row)) return;
    this.#rowsAsked.add(row);
    this.#unselected = this.#unselected.filter((one) => this.left[one]! > 0);
    tryAll(this.#unselected);
  }

  #findAmong(entries: readonly number[], reach: (podClass: number) => void): void {
    const { traffic, index } = this.analysis;
    const { entryClasses, entryTraffic } = index.compiled;
    const touched: number[] = [];
    for (const entry of entries)
      for (const one of groupOf(index.classSets, entryClasses[entry]!)) {
        if (this.left[one]! <= 0) continue;
        if (this.#toClass[one] === NO_TRAFFIC) touched.push(one);
        this.#toClass[one] = traffic.union(this.#toClass[one]!, entryTraffic[entry]!);
      }
    for (const one of touched) {
      const passes = traffic.intersection(this.#toClass[one]!, this.#admits(one));
      this.#toClass[one] = NO_TRAFFIC;
      if (passes !== NO_TRAFFIC) reach(one);
    }
  }

  /** Of what is asked about, what the ingress side of a class lets pass from the source at hand. */
  #admits(podClass: number): number {
    const admitted = this.#admitting.of(this.analysis.rowOf('INGRESS', podClass));
    return this.analysis.traffic.intersection(admitted, this.asked.ofClass(podClass));
  }

  /** The entries of an egress row that name few pods; null = it names many. */
  #fewPeers(row: number): number[] | null {
    if (row === NO_ROW) return null;
    const { compiled, classSets } = this.analysis.index;
    const entries: number[] = [];
    let members = 0;
    this.analysis.eachEntry('EGRESS', row, (entry) => {
      const set = compiled.entryClasses[entry]!;
      if (set === EVERYONE) members = Infinity;
      if (set < 0) return;
      members += classSets.offsets[set + 1]! - classSets.offsets[set]!;
      entries.push(entry);
    });
    return members > FEW_PEERS ? null : entries;
  }
}
