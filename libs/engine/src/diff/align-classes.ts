import type { Analysis } from '../analysis.js';
import { IntList } from '../sets/int-list.js';
import { NO_CLASS } from '../snapshot-index.js';
import type { Namespaces } from './namespaces.js';

/** Classes that the same pods have in the base and in the head: each two once, by position. */
export interface AlignedClasses {
  readonly before: Int32Array;
  readonly after: Int32Array;
}

/** Aligns the classes of pods that did not change. */
export function alignClasses(
  base: Analysis,
  head: Analysis,
  namespaces: Namespaces,
): AlignedClasses {
  const aligned = { before: new IntList(), after: new IntList() };
  for (const pair of namespaces.withSamePods) {
    const olds = podClasses(base, pair.base);
    const news = podClasses(head, pair.head);
    const first = base.index.classes.firstOfNamespace[pair.base]!;
    const end = base.index.classes.firstOfNamespace[pair.base + 1]!;
    const shift = head.index.classes.firstOfNamespace[pair.head]! - first;
    if (areShifted(olds, news, shift))
      for (let one = first; one < end; one++) {
        aligned.before.push(one);
        aligned.after.push(one + shift);
      }
    else alignPods(olds, news, aligned);
  }
  return { before: aligned.before.toArray(), after: aligned.after.toArray() };
}

function podClasses({ index, view }: Analysis, namespace: number): Int32Array {
  return index.pods.podClass.subarray(view.firstPod(namespace), view.firstPod(namespace + 1));
}

/** Whether both snapshots tell the same pods apart, which is so for nearly all namespaces. */
function areShifted(olds: Int32Array, news: Int32Array, shift: number): boolean {
  for (let i = 0; i < olds.length; i++)
    if (news[i] !== (olds[i] === NO_CLASS ? NO_CLASS : olds[i]! + shift)) return false;
  return true;
}

function alignPods(
  olds: Int32Array,
  news: Int32Array,
  aligned: { readonly before: IntList; readonly after: IntList },
): void {
  const met = new Set<string>();
  for (const [i, then] of olds.entries()) {
    const now = news[i]!;
    const key = `${String(then)} ${String(now)}`;
    if (then === NO_CLASS || met.has(key)) continue;
    met.add(key);
    aligned.before.push(then);
    aligned.after.push(now);
  }
}
