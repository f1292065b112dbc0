import type { TrafficQuery } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { groupOf } from '../../sets/grouped.js';
import { IntList } from '../../sets/int-list.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { EVERYONE, NO_ROW } from '../../snapshot-index.js';
import type { AskedTraffic } from '../asked-traffic.js';

/** Members of the class sets that an ingress row names up to which its sources are found among these alone. */
const FEW_SOURCES = 2_000;

/** Classes that are remembered for one analysis, all lists together: 16 MB. */
const REMEMBERED = 4_000_000;

/** By whom classes are reached. Found once for each class and what is asked about, as long as there is room. */
export class KnownSources {
  readonly #known: (Int32Array | undefined)[] = [];
  #room = REMEMBERED;
  /** By ingress row: whether its rules name few pods, so that who reaches its classes is quickly found. */
  readonly isNarrow: Uint8Array;
  readonly #column: Int32Array;

  constructor(private readonly analysis: Analysis) {
    const { adminOfRow } = analysis.index.ingress;
    this.isNarrow = Uint8Array.from(adminOfRow, (_, row) => (isNarrowRow(analysis, row) ? 1 : 0));
    this.#column = new Int32Array(analysis.index.classes.count).fill(NO_TRAFFIC);
  }

  /** What is known from earlier questions about the same traffic. */
  static for(analysis: Analysis, query: TrafficQuery, asked: AskedTraffic): KnownSources {
    if (asked.isByDestination) return new KnownSources(analysis);
    const key = JSON.stringify([query.protocol, query.port, query.endPort]);
    const last = lastAsked.get(analysis);
    if (last?.key === key) return last.sources;
    const sources = new KnownSources(analysis);
    lastAsked.set(analysis, { key, sources });
    return sources;
  }

  isKnown(podClass: number): boolean {
    return this.#known[podClass] !== undefined;
  }

  /** Classes that reach a class, sorted. */
  of(podClass: number, asked: AskedTraffic): Int32Array {
    const known = this.#known[podClass];
    if (known !== undefined) return known;
    const row = this.analysis.rowOf('INGRESS', podClass);
    const found =
      row !== NO_ROW && this.isNarrow[row] === 1
        ? this.#amongFew(podClass, row, asked.ofClass(podClass))
        : this.#amongAll(podClass, asked);
    if (found.length <= this.#room) {
      this.#room -= found.length;
      this.#known[podClass] = found;
    }
    return found;
  }

  #amongFew(podClass: number, row: number, wanted: number): Int32Array {
    const { traffic, index } = this.analysis;
    const { entryClasses, entryTraffic } = index.compiled;
    const touched: number[] = [];
    this.analysis.eachEntry('INGRESS', row, (entry) => {
      const admitted = traffic.intersection(entryTraffic[entry]!, wanted);
      const set = entryClasses[entry]!;
      if (set < 0 || admitted === NO_TRAFFIC) return;
      for (const source of groupOf(index.classSets, set)) {
        if (this.#column[source] === NO_TRAFFIC) touched.push(source);
        this.#column[source] = traffic.union(this.#column[source]!, admitted);
      }
    });
    const found = Int32Array.from(touched).filter((source) =>
      traffic.meet(this.#column[source]!, this.analysis.sideTraffic('EGRESS', source, podClass)),
    );
    for (const source of touched) this.#column[source] = NO_TRAFFIC;
    return found.sort();
  }

  #amongAll(podClass: number, asked: AskedTraffic): Int32Array {
    this.analysis.trafficWithPeers('INGRESS', podClass, this.#column);
    const found = new IntList();
    for (let source = 0; source < this.#column.length; source++)
      if (asked.isMetBy(this.#column[source]!, podClass)) found.push(source);
    this.#column.fill(NO_TRAFFIC);
    return found.toArray();
  }
}

const lastAsked = new WeakMap<Analysis, { readonly key: string; readonly sources: KnownSources }>();

function isNarrowRow(analysis: Analysis, row: number): boolean {
  if (analysis.isTiered('INGRESS', row)) return false;
  const { compiled, classSets } = analysis.index;
  let members = 0;
  analysis.eachEntry('INGRESS', row, (entry) => {
    const set = compiled.entryClasses[entry]!;
    if (set === EVERYONE) members = Infinity;
    else if (set >= 0) members += classSets.offsets[set + 1]! - classSets.offsets[set]!;
  });
  return members <= FEW_SOURCES;
}
