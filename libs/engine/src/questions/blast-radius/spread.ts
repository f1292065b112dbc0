import type { Analysis } from '../../analysis.js';
import { groupOf } from '../../sets/grouped.js';
import { IntList } from '../../sets/int-list.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { NO_ROW } from '../../snapshot-index.js';
import type { AskedTraffic } from '../asked-traffic.js';
import { trafficWithSomeAddress } from '../external-traffic.js';
import { podsOfNodesWithin } from '../node-local.js';
import type { ResolvedEndpoint } from '../resolved-endpoint.js';
import type { KnownSources } from './known-sources.js';
import { NextClasses } from './next-classes.js';

/** In `parent`: reached from the source's addresses, or the source itself. */
export const NO_PARENT = -1;
/** In `hop`: not reached. */
export const NOT_REACHED = -1;

/** Finding whom a class reaches takes so many times less than finding by whom it is reached. */
const PULL_COST = 10;

/** So many classes that few reach are asked by whom, rather than one source whom it reaches: the answers are remembered. */
const NARROW_PER_SOURCE = 8;

/** Sources that are asked in vain, for each that would be asked instead of all that are left. */
const TRIED = 1 / 8;

/** A level of this share of all pods, or more, is not sorted. */
const MANY = 16;

/** What bounds a spread. */
export interface SpreadScope {
  /** Infinity = as many as there are. */
  readonly maxHops: number;
  readonly hosts: boolean;
}

/**
 * Breadth first from the source, pod by pod; but as pods of a class are alike to policies, the first of each class speaks
 * for it. Whichever is less work is asked: the classes of the last hop whom they reach, or those that are left by whom they
 * are reached (Beamer, Asanović, Patterson: Direction-Optimizing Breadth-First Search, 2012). The latter is quick for classes
 * whose rules name few pods (they are *narrow*), and for those that were asked in earlier questions.
 */
export class Spread {
  /** By pod: hops from the source, 0 for its own pods; or NOT_REACHED. */
  readonly hop: Int32Array;
  /** By pod: the pod from which it is first reached; or NO_PARENT. */
  readonly parent: Int32Array;
  /** Pods by hop, sorted; the last may have none. */
  readonly levels: Int32Array[] = [];
  /** By class: pods that are not reached; and how many these are together. */
  readonly #left: Int32Array;
  #podsLeft = 0;
  /** How many classes have some, and a list of them; classes of the list may be without since. */
  #leftCount = 0;
  #listed: Int32Array;
  /** By ingress row: how many of its classes have some; and the same with none for narrow rows. */
  readonly #classesLeftInRow: Int32Array;
  readonly #broadLeftInRow: Int32Array;
  /** By class: 1 = it is asked by whom it is reached before others are asked whether they reach it. */
  readonly #isQuick: Uint8Array;
  /** How many of the classes with pods left are not. */
  #slowCount = 0;
  /** Null = there are other policies than NetworkPolicies: all classes are looked at each time. */
  readonly #nextClasses: NextClasses | null;
  readonly #pullCost: number;
  /** By class: whether it was asked whom it reaches. */
  readonly #isAsked: Uint8Array;
  /** By class: the pod of the hop at hand that speaks for it, or NO_PARENT. */
  readonly #speaker: Int32Array;
  readonly #column: Int32Array;
  readonly #nodePods: ReadonlyMap<number, readonly number[]>;
  /** By node: 1 = some pod on it was asked, 2 = a hostNetwork pod. */
  readonly #nodesAsked: Uint8Array;
  /** The first so many are the pods that are reached in the hop at hand, in no order. */
  readonly #next: Int32Array;
  #nextCount = 0;

  constructor(
    private readonly analysis: Analysis,
    private readonly source: ResolvedEndpoint,
    private readonly asked: AskedTraffic,
    private readonly sources: KnownSources,
    private readonly scope: SpreadScope,
  ) {
    const { pods, classes } = analysis.index;
    this.hop = new Int32Array(pods.podClass.length).fill(NOT_REACHED);
    this.parent = new Int32Array(pods.podClass.length).fill(NO_PARENT);
    this.#next = new Int32Array(pods.podClass.length);
    this.#left = new Int32Array(classes.count);
    this.#listed = new Int32Array(classes.count);
    const { adminOfRow, rowOfClass } = analysis.index.ingress;
    this.#classesLeftInRow = new Int32Array(adminOfRow.length);
    this.#isQuick = new Uint8Array(classes.count);
    this.#speaker = new Int32Array(classes.count).fill(NO_PARENT);
    for (let one = 0; one < classes.count; one++) {
      this.#listed[one] = one;
      const size = this.#isWanted(one) ? analysis.classSize(one) : 0;
      if (size === 0) continue;
      this.#left[one] = size;
      this.#podsLeft += size;
      this.#leftCount++;
      const row = rowOfClass[one]!;
      if (row !== NO_ROW) this.#classesLeftInRow[row]!++;
      const isNarrow = row !== NO_ROW && sources.isNarrow[row] === 1;
      if (isNarrow || sources.isKnown(one)) this.#isQuick[one] = 1;
      else this.#slowCount++;
    }
    this.#broadLeftInRow = this.#classesLeftInRow.map((count, row) =>
      sources.isNarrow[row] === 1 ? 0 : count,
    );
    this.#nextClasses = NextClasses.isFor(analysis)
      ? new NextClasses(analysis, asked, this.#left)
      : null;
    this.#pullCost = this.#nextClasses === null ? 1 : PULL_COST;
    this.#isAsked = new Uint8Array(classes.count);
    this.#column = new Int32Array(classes.count);
    this.#nodePods = nodePods(analysis);
    this.#nodesAsked = new Uint8Array(pods.podsOfNode.offsets.length);
    this.#run();
  }

  #isWanted(podClass: number): boolean {
    return this.scope.hosts || !this.analysis.isHost(podClass);
  }

  #run(): void {
    for (const pod of this.source.pods) this.#reach(pod, 0, NO_PARENT);
    for (let hop = 1; hop <= this.scope.maxHops; hop++) {
      const level = this.#endLevel();
      if (hop === 1) this.#fromAddresses();
      this.#toPods(level, hop);
      this.#toOwnNodes(level, hop);
      if (this.#nextCount === 0) return;
    }
    this.#endLevel();
  }

  #endLevel(): Int32Array {
    const level = this.#sortedNext();
    this.levels.push(level);
    this.#nextCount = 0;
    return level;
  }

  /** Many are found more quickly by their hop than they are sorted. */
  #sortedNext(): Int32Array {
    const next = this.#next.slice(0, this.#nextCount);
    if (next.length * MANY < this.hop.length) return next.sort();
    const hop = this.levels.length;
    let found = 0;
    for (let pod = 0; pod < this.hop.length; pod++) if (this.hop[pod] === hop) next[found++] = pod;
    return next;
  }

  #toPods(level: Int32Array, hop: number): void {
    const sources = this.#firstOfClasses(level);
    const { podClass } = this.analysis.index.pods;
    for (const pod of sources) this.#speaker[podClass[pod]!] = pod;
    const quickCount = this.#leftCount - this.#slowCount;
    const areQuickPulled = quickCount <= sources.length * NARROW_PER_SOURCE;
    if (areQuickPulled) this.#pull(hop, (one) => this.#isQuick[one] === 1);
    if (!this.#pushWhileItPays(sources, hop, areQuickPulled))
      this.#pull(hop, (one) => !areQuickPulled || this.#isQuick[one] === 0);
    for (const pod of sources) this.#speaker[podClass[pod]!] = NO_PARENT;
  }

  /**
   * Asks sources whom they reach until it takes less to ask those that are left by whom they are reached: when these are few,
   * and some sources were asked in vain, since one may reach most of what is left. Says whether nothing is left to ask.
   */
  #pushWhileItPays(sources: Int32Array, hop: number, areQuickPulled: boolean): boolean {
    const pullsLeft = (): number =>
      (areQuickPulled ? this.#slowCount : this.#leftCount) * this.#pullCost;
    let pulls = pullsLeft();
    let tries = pulls * TRIED;
    for (const [i, pod] of sources.entries()) {
      if (pulls === 0) return true;
      if (pulls < sources.length - i && tries <= 0) return false;
      this.#push(pod, hop, areQuickPulled);
      const saved = pulls - pullsLeft();
      pulls -= saved;
      tries = Math.min(tries - 1 + saved, pulls * TRIED);
    }
    return true;
  }

  /** The classes with pods that are not reached. */
  #classesLeft(): Int32Array {
    if (this.#listed.length > 2 * this.#leftCount) {
      let kept = 0;
      for (const one of this.#listed) if (this.#left[one]! > 0) this.#listed[kept++] = one;
      this.#listed = this.#listed.subarray(0, kept);
    }
    return this.#listed;
  }

  /** The first pod of a level of each class that was not asked. */
  #firstOfClasses(level: Int32Array): Int32Array {
    const { podClass } = this.analysis.index.pods;
    const first = new IntList();
    for (const pod of level) {
      const one = podClass[pod]!;
      if (this.#isAsked[one] === 1) continue;
      this.#isAsked[one] = 1;
      first.push(pod);
    }
    return first.toArray();
  }

  /** Asks a pod whom it reaches; `areQuickPulled` = classes of narrow rows need not be looked at. */
  #push(pod: number, hop: number, areQuickPulled: boolean): void {
    const source = this.analysis.index.pods.podClass[pod]!;
    const reach = (podClass: number): void => {
      this.#reachClass(podClass, hop, pod);
    };
    if (this.#nextClasses !== null) {
      const inRow = areQuickPulled ? this.#broadLeftInRow : this.#classesLeftInRow;
      this.#nextClasses.find(source, inRow, reach);
      return;
    }
    const passes = this.#column;
    this.analysis.trafficWithPeers('EGRESS', source, passes);
    for (const one of this.#classesLeft()) if (this.asked.isMetBy(passes[one]!, one)) reach(one);
  }

  /** Asks those that are left, and are wanted, whether some class with a speaker reaches them. */
  #pull(hop: number, isWanted: (podClass: number) => boolean): void {
    for (const one of this.#classesLeft()) {
      if (this.#left[one]! <= 0 || !isWanted(one)) continue;
      const speaker = this.#firstSpeaker(this.sources.of(one, this.asked));
      if (this.#isQuick[one] === 0 && this.sources.isKnown(one)) {
        this.#isQuick[one] = 1;
        this.#slowCount--;
      }
      if (speaker !== NO_PARENT) this.#reachClass(one, hop, speaker);
    }
  }

  #firstSpeaker(classes: Int32Array): number {
    for (const one of classes) if (this.#speaker[one] !== NO_PARENT) return this.#speaker[one]!;
    return NO_PARENT;
  }

  #reach(pod: number, hop: number, parent: number): void {
    if (this.#add(pod, hop, parent)) this.#took(this.analysis.index.pods.podClass[pod]!, 1);
  }

  #reachClass(podClass: number, hop: number, parent: number): void {
    const { offsets, items } = this.analysis.index.classes.pods;
    const end = offsets[podClass + 1]!;
    let count = 0;
    for (let i = offsets[podClass]!; i < end; i++) if (this.#add(items[i]!, hop, parent)) count++;
    this.#took(podClass, count);
  }

  /** Whether the pod was not reached before. */
  #add(pod: number, hop: number, parent: number): boolean {
    if (this.hop[pod] !== NOT_REACHED) return false;
    this.hop[pod] = hop;
    this.parent[pod] = parent;
    this.#next[this.#nextCount++] = pod;
    return true;
  }

  /** So many pods of a class were reached. */
  #took(podClass: number, count: number): void {
    if (count === 0 || !this.#isWanted(podClass)) return;
    this.#podsLeft -= count;
    this.#left[podClass]! -= count;
    if (this.#left[podClass] !== 0) return;
    this.#leftCount--;
    if (this.#isQuick[podClass] === 0) this.#slowCount--;
    const row = this.analysis.rowOf('INGRESS', podClass);
    if (row === NO_ROW) return;
    this.#classesLeftInRow[row]!--;
    if (this.sources.isNarrow[row] === 0) this.#broadLeftInRow[row]!--;
  }

  #fromAddresses(): void {
    const { analysis, asked, source } = this;
    if (source.external === null) return;
    for (const one of this.#classesLeft()) {
      if (this.#left[one]! <= 0) continue;
      const admitted = trafficWithSomeAddress(analysis, 'INGRESS', one, source.external.atoms);
      if (analysis.traffic.intersection(admitted, asked.ofClass(one)) !== NO_TRAFFIC)
        this.#reachClass(one, 1, NO_PARENT);
    }
    for (const pod of podsOfNodesWithin(analysis, source.external.cidrs))
      this.#reachLocal(pod, 1, NO_PARENT);
  }

  /**
   * Between a pod and its own node everything passes, whatever policies say. Whichever are fewer are asked: the pods of the last
   * hop, or those that are left.
   */
  #toOwnNodes(level: Int32Array, hop: number): void {
    const { localNode, podClass } = this.analysis.index.pods;
    const { node: isNode } = this.analysis.index.classes;
    if (this.#podsLeft >= level.length) {
      for (const pod of level) {
        const node = localNode[pod]!;
        if (node < 0) continue;
        // The first pod on a node, and its first hostNetwork pod, speak for the others.
        const bit = isNode[podClass[pod]!] === 1 ? 2 : 1;
        if ((this.#nodesAsked[node]! & bit) !== 0) continue;
        this.#nodesAsked[node]! |= bit;
        this.#toOwnNode(pod, node, hop);
      }
      return;
    }
    for (const one of this.#classesLeft())
      if (this.#left[one]! > 0 && this.asked.ofClass(one) !== NO_TRAFFIC)
        for (const pod of groupOf(this.analysis.index.classes.pods, one))
          if (this.hop[pod] === NOT_REACHED) this.#fromOwnNode(pod, hop);
  }

  #toOwnNode(pod: number, node: number, hop: number): void {
    const { podClass, podsOfNode } = this.analysis.index.pods;
    const isNode = this.analysis.isNode(podClass[pod]!);
    for (const other of isNode ? groupOf(podsOfNode, node) : (this.#nodePods.get(node) ?? []))
      if (this.hop[other] === NOT_REACHED && this.analysis.isNode(podClass[other]!) !== isNode)
        this.#reachLocal(other, hop, pod);
  }

  /** The same, asked of a pod that is left: reached from the first pod of the last hop on its node. */
  #fromOwnNode(pod: number, hop: number): void {
    const { localNode, podClass, podsOfNode } = this.analysis.index.pods;
    const node = localNode[pod]!;
    if (node < 0) return;
    const isNode = this.analysis.isNode(podClass[pod]!);
    for (const other of isNode ? groupOf(podsOfNode, node) : (this.#nodePods.get(node) ?? [])) {
      if (this.hop[other] !== hop - 1) continue;
      if (this.analysis.isNode(podClass[other]!) === isNode) continue;
      this.#reach(pod, hop, other);
      return;
    }
  }

  #reachLocal(pod: number, hop: number, parent: number): void {
    const podClass = this.analysis.index.pods.podClass[pod]!;
    if (this.#isWanted(podClass) && this.asked.ofClass(podClass) !== NO_TRAFFIC)
      this.#reach(pod, hop, parent);
  }
}

/** By node: the hostNetwork pods that are their node to policies. */
function nodePods(analysis: Analysis): ReadonlyMap<number, readonly number[]> {
  const { hostPods, localNode, podClass } = analysis.index.pods;
  const byNode = new Map<number, number[]>();
  for (const host of hostPods) {
    if (!analysis.isNode(podClass[host]!)) continue;
    const node = localNode[host]!;
    const known = byNode.get(node);
    if (known === undefined) byNode.set(node, [host]);
    else known.push(host);
  }
  return byNode;
}
