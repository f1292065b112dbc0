import { type LabelSelector, NAMESPACE_NAME_LABEL, type Requirement } from '@portolan/model';
import type { LabelOwner } from './label-box.js';
import { ANY_VALUE, intersectValues, isNever, type ValueSet, valuesOf } from './value-set.js';

/** Requirements on one label that exclude each other, no more than it takes; null = some labels satisfy the selector. */
export function contradictionOf(owner: LabelOwner, selector: LabelSelector): LabelSelector | null {
  for (let first = 0, end = 0; first < selector.length; first = end) {
    const { key } = selector[first]!;
    // Requirements of one key stand together.
    while (selector[end]?.key === key) end++;
    const every = startOf(owner, key);
    let together = selector.slice(first, end);
    if (!excludeEachOther(every, together)) continue;
    for (const one of together) {
      const others = together.filter((requirement) => requirement !== one);
      if (excludeEachOther(every, others)) together = others;
    }
    return together;
  }
  return null;
}

/** Every namespace has its name as a label. */
function startOf(owner: LabelOwner, key: string): ValueSet {
  const isAlways = owner === 'namespace' && key === NAMESPACE_NAME_LABEL;
  return isAlways ? { ...ANY_VALUE, mayBeAbsent: false } : ANY_VALUE;
}

function excludeEachOther(every: ValueSet, requirements: readonly Requirement[]): boolean {
  return isNever(requirements.map(valuesOf).reduce(intersectValues, every));
}
