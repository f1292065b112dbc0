import { compareText, type SnapshotView } from '@portolan/model';
import { range } from '../sets/range.js';

/** The namespaces of two snapshots, and which of them have the same objects in both. */
export class Namespaces {
  /** All names, sorted. */
  readonly names: readonly string[];
  /** Whether both snapshots have the same cluster-scoped objects. */
  readonly isClusterUntouched: boolean;
  readonly #untouched: ReadonlySet<string>;

  constructor(base: SnapshotView, head: SnapshotView) {
    const [olds, news] = [hashesOf(base), hashesOf(head)];
    this.names = [...new Set([...olds.keys(), ...news.keys()])].sort(compareText);
    this.isClusterUntouched = base.clusterHash === head.clusterHash;
    this.#untouched = new Set(this.names.filter((name) => olds.get(name) === news.get(name)));
  }

  /** Whether a namespace has the same objects in both snapshots: then pods of equal positions in it are the same. */
  isUntouched(name: string): boolean {
    return this.#untouched.has(name);
  }

  /** Names of the others. */
  get touched(): string[] {
    return this.names.filter((name) => !this.#untouched.has(name));
  }
}

function hashesOf(view: SnapshotView): Map<string, string> {
  return new Map(
    range(0, view.namespaceCount).map((namespace) => [
      view.namespaceName(namespace),
      view.segmentHash(namespace),
    ]),
  );
}
