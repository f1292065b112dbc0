import type { Direction } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { groupOf } from '../../sets/grouped.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { NO_ROW } from '../../snapshot-index.js';
import type { AskedTraffic } from '../asked-traffic.js';
import { trafficWithSomeAddress } from '../external-traffic.js';
import { podsOfNodesWithin } from '../node-local.js';
import type { ResolvedEndpoint } from '../resolved-endpoint.js';
import { NextClasses } from './next-classes.js';

/** In `parent`: reached from the source's addresses, or the source itself. */
export const NO_PARENT = -1;
/** In `hop`: not reached. */
export const NOT_REACHED = -1;

/** Finding whom a class reaches takes so many times less than finding by whom it is reached. */
const PULL_COST = 10;

/** What bounds a spread. */
export interface SpreadScope {
  /** Infinity = as many as there are. */
  readonly maxHops: number;
  readonly hosts: boolean;
}

/**
 * Breadth first from the source, pod by pod; but as pods of a class are alike to policies, the first of each class speaks
 * for it. Whichever are fewer are asked: the classes of the last hop whom they reach, or those that are left by whom they
 * are reached (Beamer, Asanović, Patterson: Direction-Optimizing Breadth-First Search, 2012).
 */
export class Spread {
  /** By pod: hops from the source, 0 for its own pods; or NOT_REACHED. */
  readonly hop: Int32Array;
  /** By pod: the pod from which it is first reached; or NO_PARENT. */
  readonly parent: Int32Array;
  /** Pods by hop, sorted; the last may have none. */
  readonly levels: Int32Array[] = [];
  /** By class: pods that are not reached. */
  readonly #left: Int32Array;
  /** How many classes have some, and a list of them; classes of the list may be without since. */
  #leftCount = 0;
  #listed: Int32Array;
  /** By ingress row: how many of its classes have some. */
  readonly #classesLeftInRow: Int32Array;
  /** Null = there are other policies than NetworkPolicies: all classes are looked at each time. */
  readonly #nextClasses: NextClasses | null;
  readonly #pullCost: number;
  /** By class: whether it was asked whom it reaches. */
  readonly #isAsked: Uint8Array;
  /** By class that was asked by whom it is reached: these classes. */
  readonly #sourcesOf = new Map<number, Int32Array>();
  readonly #column: Int32Array;
  readonly #nodePods: ReadonlyMap<number, readonly number[]>;
  /** By node: 1 = some pod on it was asked, 2 = a hostNetwork pod. */
  readonly #nodesAsked: Uint8Array;
  #next: number[] = [];

  constructor(
    private readonly analysis: Analysis,
    private readonly source: ResolvedEndpoint,
    private readonly asked: AskedTraffic,
    private readonly scope: SpreadScope,
  ) {
    const { pods, classes } = analysis.index;
    this.hop = new Int32Array(pods.podClass.length).fill(NOT_REACHED);
    this.parent = new Int32Array(pods.podClass.length).fill(NO_PARENT);
    this.#left = Int32Array.from({ length: classes.count }, (_, one) =>
      this.#isWanted(one) ? analysis.classSize(one) : 0,
    );
    this.#listed = Int32Array.from(this.#left.keys());
    for (const count of this.#left) if (count > 0) this.#leftCount++;
    this.#classesLeftInRow = new Int32Array(analysis.index.ingress.adminOfRow.length);
    for (const [one, row] of analysis.index.ingress.rowOfClass.entries())
      if (row !== NO_ROW && this.#left[one]! > 0) this.#classesLeftInRow[row]!++;
    this.#nextClasses = NextClasses.isFor(analysis)
      ? new NextClasses(analysis, asked, this.#left, this.#classesLeftInRow)
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
      for (const pod of level) this.#toOwnNode(pod, hop);
      if (this.#next.length === 0) return;
    }
    this.#endLevel();
  }

  #endLevel(): Int32Array {
    const level = Int32Array.from(this.#next).sort();
    this.levels.push(level);
    this.#next = [];
    return level;
  }

  #toPods(level: Int32Array, hop: number): void {
    const sources = this.#firstOfClasses(level);
    for (let i = 0; i < sources.length; i++) {
      if (this.#leftCount * this.#pullCost < sources.length - i) {
        this.#pull(sources.subarray(i), hop);
        return;
      }
      this.#push(sources[i]!, hop);
    }
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
    return level.filter((pod) => {
      const one = podClass[pod]!;
      if (this.#isAsked[one] === 1) return false;
      this.#isAsked[one] = 1;
      return true;
    });
  }

  /** Asks a pod whom it reaches. */
  #push(pod: number, hop: number): void {
    const { traffic, index } = this.analysis;
    const source = index.pods.podClass[pod]!;
    const reach = (podClass: number): void => {
      this.#reachClass(podClass, hop, pod);
    };
    if (this.#nextClasses !== null) {
      this.#nextClasses.find(source, reach);
      return;
    }
    const passes = this.#traffic('EGRESS', source);
    for (const one of this.#classesLeft())
      if (traffic.intersection(passes[one]!, this.asked.ofClass(one)) !== NO_TRAFFIC) reach(one);
  }

  /** Asks those that are left whether some of the sources reach them. */
  #pull(sources: Int32Array, hop: number): void {
    const { podClass } = this.analysis.index.pods;
    const podOf = new Map(Array.from(sources, (pod) => [podClass[pod]!, pod]));
    for (const one of this.#classesLeft()) {
      if (this.#left[one]! <= 0) continue;
      const reaching = this.#whoReaches(one).find((source) => podOf.has(source));
      if (reaching !== undefined) this.#reachClass(one, hop, podOf.get(reaching)!);
    }
  }

  #whoReaches(podClass: number): Int32Array {
    let sources = this.#sourcesOf.get(podClass);
    if (sources === undefined) {
      const { traffic } = this.analysis;
      const passes = this.#traffic('INGRESS', podClass);
      const wanted = this.asked.ofClass(podClass);
      sources = Int32Array.from(passes.keys()).filter(
        (one) => traffic.intersection(passes[one]!, wanted) !== NO_TRAFFIC,
      );
      this.#sourcesOf.set(podClass, sources);
    }
    return sources;
  }

  #traffic(direction: Direction, podClass: number): Int32Array {
    this.analysis.trafficWithPeers(direction, podClass, this.#column);
    return this.#column;
  }

  #reach(pod: number, hop: number, parent: number): void {
    if (this.hop[pod] !== NOT_REACHED) return;
    this.hop[pod] = hop;
    this.parent[pod] = parent;
    this.#next.push(pod);
    const podClass = this.analysis.index.pods.podClass[pod]!;
    if (--this.#left[podClass]! !== 0) return;
    this.#leftCount--;
    const row = this.analysis.rowOf('INGRESS', podClass);
    if (row !== NO_ROW) this.#classesLeftInRow[row]!--;
  }

  #reachClass(podClass: number, hop: number, parent: number): void {
    for (const pod of groupOf(this.analysis.index.classes.pods, podClass))
      this.#reach(pod, hop, parent);
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

  /** Between a pod and its own node everything passes, whatever policies say. */
  #toOwnNode(pod: number, hop: number): void {
    const { localNode, podClass, podsOfNode } = this.analysis.index.pods;
    const node = localNode[pod]!;
    if (node < 0) return;
    const isNode = this.analysis.isNode(podClass[pod]!);
    // The first pod on a node, and its first hostNetwork pod, speak for the others.
    const bit = isNode ? 2 : 1;
    if ((this.#nodesAsked[node]! & bit) !== 0) return;
    this.#nodesAsked[node]! |= bit;
    for (const other of isNode ? groupOf(podsOfNode, node) : (this.#nodePods.get(node) ?? []))
      if (this.analysis.isNode(podClass[other]!) !== isNode) this.#reachLocal(other, hop, pod);
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
