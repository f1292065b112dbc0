import type { Analysis } from '../analysis.js';
import { range } from '../sets/range.js';
import { TupleTable } from '../sets/tuple-table.js';
import { NO_CLASS } from '../snapshot-index.js';

/** Pods of one workload that neither of two policy sets tells apart. */
export interface PodUnit {
  readonly workload: number;
  /** Their kind: the pair of their class under the one set, and under the other. */
  readonly kind: number;
  readonly pods: readonly number[];
}

/** The pods of a snapshot under two policy sets. */
export class PodUnits {
  /** By kind of pods. */
  readonly byKind: readonly (readonly PodUnit[])[];
  readonly #byWorkload = new Map<number, PodUnit[]>();
  readonly #kinds = new TupleTable(2);
  /** By unit: its pods by the node whose traffic always passes. */
  readonly #byNode = new Map<PodUnit, ReadonlyMap<number, number>>();

  /** Both analyses have the same pods, and read policies alike. */
  constructor(
    a: Analysis,
    private readonly b: Analysis,
  ) {
    const [ones, others] = [a.index.pods.podClass, b.index.pods.podClass];
    const { podWorkload } = b.index.pods;
    const units = new TupleTable(2);
    const found: (PodUnit & { pods: number[] })[] = [];
    for (const pod of range(0, b.view.podCount)) {
      if (others[pod] === NO_CLASS) continue;
      const workload = podWorkload[pod]!;
      const kind = this.#kinds.intern(Int32Array.of(ones[pod]!, others[pod]!));
      const unit = units.intern(Int32Array.of(workload, kind));
      (found[unit] ??= { workload, kind, pods: [] }).pods.push(pod);
    }
    const byKind: PodUnit[][] = [];
    for (const unit of found) {
      (byKind[unit.kind] ??= []).push(unit);
      const known = this.#byWorkload.get(unit.workload);
      if (known === undefined) this.#byWorkload.set(unit.workload, [unit]);
      else known.push(unit);
    }
    this.byKind = byKind;
  }

  /** Workloads with pods that take part, in their order. */
  get workloads(): number[] {
    return [...this.#byWorkload.keys()].sort((x, y) => x - y);
  }

  of(workload: number): readonly PodUnit[] {
    return this.#byWorkload.get(workload)!;
  }

  /** The class of a kind of pods under the first set, and under the other. */
  classInA(kind: number): number {
    return this.#kinds.component(kind, 0);
  }
  classInB(kind: number): number {
    return this.#kinds.component(kind, 1);
  }

  /** How many pairs two units make. Of one pod with itself there is none. */
  countPairs(source: PodUnit, destination: PodUnit): number {
    const isOnePod =
      source === destination &&
      source.pods.length === 1 &&
      !this.b.view.pod(source.pods[0]!).template;
    return isOnePod ? 0 : source.pods.length * destination.pods.length;
  }

  /** Whether pods of two kinds may be a pod and the hostNetwork pods of its own node, which exchange everything. */
  mayBeLocal(kind: number, other: number): boolean {
    return this.#isNode(kind) !== this.#isNode(other);
  }

  /** How many pairs of two units exchange everything because of their node. */
  countLocalPairs(source: PodUnit, destination: PodUnit): number {
    if (!this.mayBeLocal(source.kind, destination.kind)) return 0;
    const others = this.#countByNode(destination);
    let count = 0;
    for (const [node, pods] of this.#countByNode(source)) count += pods * (others.get(node) ?? 0);
    return count;
  }

  #isNode(kind: number): boolean {
    return this.b.isNode(this.classInB(kind));
  }

  #countByNode(unit: PodUnit): ReadonlyMap<number, number> {
    let known = this.#byNode.get(unit);
    if (known === undefined) {
      const { localNode } = this.b.index.pods;
      const counts = new Map<number, number>();
      for (const pod of unit.pods) {
        const node = localNode[pod]!;
        if (node >= 0) counts.set(node, (counts.get(node) ?? 0) + 1);
      }
      known = counts;
      this.#byNode.set(unit, known);
    }
    return known;
  }
}
