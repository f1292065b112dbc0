import {
  type Direction,
  DIRECTIONS,
  type EndpointRef,
  type Offence,
  type OffenceKind,
  type OffenceList,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { refOf } from '../grouping.js';

/** Offences that an answer lists, in the order of the snapshot. */
const LISTED_OFFENCES = 10;
/** Offences that are looked for; of further ones nothing is said but that there are more. */
const COUNTED_OFFENCES = 1_000;

/** Collects what breaks an assertion: pairs of workloads each once, then pairs with addresses. */
export class Offences {
  /** By workloads of source and destination, -1 = no source. */
  readonly #pairs = new Map<string, WorkloadPair>();
  readonly #outside: Offence[] = [];
  #hasMore = false;

  constructor(
    private readonly analysis: Analysis,
    private readonly kind: OffenceKind,
  ) {}

  /** Whether nothing more is wanted. */
  get isFull(): boolean {
    return this.#hasMore;
  }

  /** Traffic (an id) between some pods of two workloads. */
  addPair(source: number, destination: number, traffic: number): void {
    const pair = this.#pair(source, destination);
    if (pair !== null) pair.traffic = this.analysis.traffic.union(pair.traffic, traffic);
  }

  /** A workload of which some pod is not isolated. */
  addOpen(workload: number, directions: readonly Direction[]): void {
    const pair = this.#pair(-1, workload);
    for (const direction of directions) pair?.directions.add(direction);
  }

  /** Traffic (an id) of some pod of a workload with addresses; `direction` is the side of the pod. */
  addOutside(direction: Direction, workload: number, outside: EndpointRef, traffic: number): void {
    if (!this.#hasRoom()) return;
    const inside = refOf(this.analysis, 'WORKLOAD', workload);
    const [source, destination] = direction === 'INGRESS' ? [outside, inside] : [inside, outside];
    this.#outside.push({
      kind: this.kind,
      source,
      destination,
      traffic: this.analysis.traffic.get(traffic),
      directions: [],
    });
  }

  list(): OffenceList {
    const pairs = [...this.#pairs.values()].sort(
      (a, b) => a.source - b.source || a.destination - b.destination,
    );
    const listed = [
      ...pairs.slice(0, LISTED_OFFENCES).map((pair) => this.#offenceOf(pair)),
      ...this.#outside,
    ].slice(0, LISTED_OFFENCES);
    const count = this.#pairs.size + this.#outside.length;
    return { listed, count, isCountComplete: !this.#hasMore };
  }

  #pair(source: number, destination: number): WorkloadPair | null {
    const key = `${source} ${destination}`;
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      if (!this.#hasRoom()) return null;
      pair = { source, destination, traffic: NO_TRAFFIC, directions: new Set() };
      this.#pairs.set(key, pair);
    }
    return pair;
  }

  #hasRoom(): boolean {
    this.#hasMore ||= this.#pairs.size + this.#outside.length >= COUNTED_OFFENCES;
    return !this.#hasMore;
  }

  #offenceOf({ source, destination, traffic, directions }: WorkloadPair): Offence {
    return {
      kind: this.kind,
      source: source < 0 ? null : refOf(this.analysis, 'WORKLOAD', source),
      destination: refOf(this.analysis, 'WORKLOAD', destination),
      traffic: this.analysis.traffic.get(traffic),
      directions: DIRECTIONS.filter((direction) => directions.has(direction)),
    };
  }
}

interface WorkloadPair {
  readonly source: number;
  readonly destination: number;
  traffic: number;
  readonly directions: Set<Direction>;
}
