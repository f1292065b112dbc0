import { compareText, haveSamePods, type SnapshotView } from '@portolan/model';

/** A namespace in both snapshots, by its index in each; -1 = it is not there. */
export interface NamespacePair {
  readonly name: string;
  readonly base: number;
  readonly head: number;
}

/** The namespaces of two snapshots, and what is the same in both. */
export class Namespaces {
  /** All, sorted by name. */
  readonly all: readonly NamespacePair[];
  /** Those that do not have the same objects in both snapshots. */
  readonly touched: readonly NamespacePair[];
  /** Those with the same labels, workloads and pods in both snapshots: then pods of equal positions in them are the same. */
  readonly withSamePods: readonly NamespacePair[];
  /** Whether both snapshots have the same cluster-scoped objects. */
  readonly isClusterUntouched: boolean;
  readonly #namesWithOtherPods: ReadonlySet<string>;

  constructor(base: SnapshotView, head: SnapshotView) {
    const isUntouched = (pair: NamespacePair): boolean =>
      isInBoth(pair) && base.segmentHash(pair.base) === head.segmentHash(pair.head);
    this.all = pairsOf(base, head);
    this.touched = this.all.filter((pair) => !isUntouched(pair));
    const others = new Set(
      this.touched.filter(
        (pair) =>
          !isInBoth(pair) || !haveSamePods(base.segment(pair.base), head.segment(pair.head)),
      ),
    );
    this.withSamePods = this.all.filter((pair) => !others.has(pair));
    this.#namesWithOtherPods = new Set(Array.from(others, ({ name }) => name));
    this.isClusterUntouched = base.clusterHash === head.clusterHash;
  }

  /** Of a namespace of either snapshot. */
  hasSamePods(name: string): boolean {
    return !this.#namesWithOtherPods.has(name);
  }
}

function isInBoth({ base, head }: NamespacePair): boolean {
  return base >= 0 && head >= 0;
}

/** Walks both snapshots in the order of names, which is that of their namespaces. */
function pairsOf(base: SnapshotView, head: SnapshotView): NamespacePair[] {
  const pairs: NamespacePair[] = [];
  let [i, j] = [0, 0];
  while (i < base.namespaceCount || j < head.namespaceCount) {
    const order =
      i === base.namespaceCount
        ? 1
        : j === head.namespaceCount
          ? -1
          : compareText(base.namespaceName(i), head.namespaceName(j));
    const name = order <= 0 ? base.namespaceName(i) : head.namespaceName(j);
    pairs.push({ name, base: order <= 0 ? i++ : -1, head: order >= 0 ? j++ : -1 });
  }
  return pairs;
}
