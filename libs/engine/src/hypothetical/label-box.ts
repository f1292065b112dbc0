import type { Labels, LabelSelector } from '@portolan/model';
import {
  ANY_VALUE,
  complementOf,
  hasValue,
  intersectValues,
  isAnyValue,
  isNever,
  requirementsOf,
  someValue,
  uniteValues,
  type ValueSet,
  valuesMeet,
  valuesOf,
} from './value-set.js';

/**
 * Pods by what their labels and those of their namespaces may be, each label by itself. Labels that are not in it may be
 * anything. Every pair of selectors is a box, and what a box has beyond another is a few boxes.
 */
export type LabelBox = ReadonlyMap<string, ValueSet>;

export const EVERYTHING: LabelBox = new Map();

/** Whose label it is. */
export type LabelOwner = 'pod' | 'namespace';

export function dimension(owner: LabelOwner, key: string): string {
  return `${owner} ${key}`;
}

/** What satisfies both selectors; null = nothing can. */
export function boxOf(selectors: Readonly<Record<LabelOwner, LabelSelector>>): LabelBox | null {
  const box = new Map<string, ValueSet>();
  for (const owner of ['namespace', 'pod'] as const)
    for (const requirement of selectors[owner]) {
      const at = dimension(owner, requirement.key);
      const left = intersectValues(box.get(at) ?? ANY_VALUE, valuesOf(requirement));
      if (isNever(left)) return null;
      box.set(at, left);
    }
  return box;
}

/** Null when nothing is left. */
function narrow(box: LabelBox, at: string, values: ValueSet): LabelBox | null {
  const left = intersectValues(box.get(at) ?? ANY_VALUE, values);
  return isNever(left) ? null : new Map(box).set(at, left);
}

export function intersectBoxes(a: LabelBox, b: LabelBox): LabelBox | null {
  let both: LabelBox | null = a;
  for (const [at, values] of b) both = both && narrow(both, at, values);
  return both;
}

/** Whether two boxes have something in common. */
export function boxesMeet(a: LabelBox, b: LabelBox): boolean {
  for (const [at, values] of b) if (!valuesMeet(a.get(at) ?? ANY_VALUE, values)) return false;
  return true;
}

/** Whether all of a box is in another. */
export function isBoxWithin(box: LabelBox, other: LabelBox): boolean {
  for (const [at, values] of other)
    if (valuesMeet(box.get(at) ?? ANY_VALUE, complementOf(values))) return false;
  return true;
}

/** What is in a box and not in another, as boxes that have nothing in common. */
export function boxesWithout(box: LabelBox, taken: LabelBox): LabelBox[] {
  if (!boxesMeet(box, taken)) return [box];
  const rest: LabelBox[] = [];
  let within = box;
  for (const [at, values] of taken) {
    const outside = narrow(within, at, complementOf(values));
    if (outside !== null) rest.push(outside);
    within = narrow(within, at, values)!;
  }
  return rest;
}

/** The same pods in fewer boxes: those that differ in one label are one. */
export function mergeBoxes(boxes: readonly LabelBox[]): LabelBox[] {
  let merged = boxes.map(withoutFreeLabels);
  for (let before = Infinity; merged.length < before;) {
    before = merged.length;
    for (const at of new Set(merged.flatMap((box) => [...box.keys()])))
      merged = mergeAlong(merged, at);
  }
  return merged;
}

function mergeAlong(boxes: readonly LabelBox[], at: string): LabelBox[] {
  const alike = new Map<string, LabelBox>();
  for (const box of boxes) {
    const others = new Map(box);
    others.delete(at);
    const key = boxKey(others);
    const known = alike.get(key);
    const values = box.get(at) ?? ANY_VALUE;
    const all = known === undefined ? values : uniteValues(known.get(at) ?? ANY_VALUE, values);
    alike.set(key, isAnyValue(all) ? others : others.set(at, all));
  }
  return [...alike.values()];
}

function withoutFreeLabels(box: LabelBox): LabelBox {
  return new Map([...box].filter(([, values]) => !isAnyValue(values)));
}

/** Equal for equal boxes. */
export function boxKey(box: LabelBox): string {
  return JSON.stringify([...box].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function boxHas(box: LabelBox, owner: LabelOwner, labels: Labels): boolean {
  return dimensionsOf(box, owner).every(([key, values]) =>
    hasValue(values, Object.hasOwn(labels, key) ? labels[key] : undefined),
  );
}

/** The part of a box that is about one owner's labels. */
export function partOf(box: LabelBox, owner: LabelOwner): LabelBox {
  return new Map(dimensionsOf(box, owner).map(([key, values]) => [dimension(owner, key), values]));
}

/** Some labels in a box. */
export function someLabels(box: LabelBox, owner: LabelOwner): Labels {
  const labels: Record<string, string> = {};
  for (const [key, values] of dimensionsOf(box, owner)) {
    const value = someValue(values);
    if (value !== undefined) labels[key] = value;
  }
  return labels;
}

/** The selectors over an owner's labels that together select what the box has of them. */
export function selectorsOf(box: LabelBox, owner: LabelOwner): LabelSelector[] {
  let selectors: LabelSelector[] = [[]];
  for (const [key, values] of dimensionsOf(box, owner))
    selectors = requirementsOf(key, values).flatMap((requirements) =>
      selectors.map((selector) => [...selector, ...requirements]),
    );
  return selectors;
}

function dimensionsOf(box: LabelBox, owner: LabelOwner): [key: string, values: ValueSet][] {
  const prefix = dimension(owner, '');
  return [...box]
    .filter(([at]) => at.startsWith(prefix))
    .map(([at, values]) => [at.slice(prefix.length), values]);
}
