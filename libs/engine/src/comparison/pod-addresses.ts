import { compareWords, countAddresses, nextWords, type SnapshotView } from '@portolan/model';
import type { AddressRange } from '../sets/address-ranges.js';
import { range } from '../sets/range.js';

/** The addresses of pods without hostNetwork: what passes there is said of these pods. */
export class PodAddresses {
  /** By family, sorted, each once. */
  readonly #sorted: Readonly<Record<4 | 6, readonly (readonly number[])[]>>;

  constructor(view: SnapshotView) {
    const found = {
      4: new Map<string, readonly number[]>(),
      6: new Map<string, readonly number[]>(),
    };
    for (const index of range(0, view.podCount)) {
      const { ips, hostNetwork, terminated } = view.pod(index);
      if (hostNetwork || terminated) continue;
      for (const { family, words } of ips) found[family].set(words.join(), words);
    }
    this.#sorted = {
      4: [...found[4].values()].sort(compareWords),
      6: [...found[6].values()].sort(compareWords),
    };
  }

  /** Whether every address of a range is a pod's. */
  areAllOf({ family, first, last }: AddressRange): boolean {
    const sorted = this.#sorted[family];
    const next = nextWords(last);
    const end = next === null ? sorted.length : lowerBound(sorted, next);
    return end - lowerBound(sorted, first) === countAddresses(first, last);
  }
}

/** The position of the first that is not before another. */
function lowerBound(sorted: readonly (readonly number[])[], words: readonly number[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareWords(sorted[middle]!, words) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
