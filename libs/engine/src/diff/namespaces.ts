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
    const [olds, news] = [namesOf(base), namesOf(head)];
    this.names = [...new Set([...olds, ...news])].sort(compareText);
    this.isClusterUntouched = areEqual(base.clusterBytes, head.clusterBytes);
    this.#untouched = new Set(
      this.names.filter((name) => areEqual(bytesOf(base, name), bytesOf(head, name))),
    );
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

function namesOf(view: SnapshotView): string[] {
  return range(0, view.namespaceCount).map((namespace) => view.namespaceName(namespace));
}

function bytesOf(view: SnapshotView, name: string): Uint8Array | null {
  const namespace = view.findNamespace(name);
  return namespace < 0 ? null : view.segmentBytes(namespace);
}

/** Segments are canonical: equal content is equal bytes. Compared by words, of which a column block begins with whole ones. */
function areEqual(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.length !== b.length) return false;
  const words = a.length >>> 2;
  const [x, y] = [
    new Int32Array(a.buffer, a.byteOffset, words),
    new Int32Array(b.buffer, b.byteOffset, words),
  ];
  for (let i = 0; i < words; i++) if (x[i] !== y[i]) return false;
  for (let i = words * 4; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
