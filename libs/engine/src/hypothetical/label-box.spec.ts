import { type Labels, matchesSelector, type Requirement } from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boxesWithout,
  boxHas,
  boxOf,
  intersectBoxes,
  isBoxWithin,
  type LabelBox,
  mergeBoxes,
  selectorsOf,
  someLabels,
} from './label-box.js';

const KEYS = ['app', 'constructor', 'tier'] as const;
const VALUES = ['', 'a', 'b'] as const;

const arbitraryRequirement: fc.Arbitrary<Requirement> = fc
  .record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1 }),
  })
  .map(({ key, operator, values }) => ({
    key,
    operator,
    values: operator === 'In' || operator === 'NotIn' ? values.sort() : [],
  }));

const arbitraryBox: fc.Arbitrary<LabelBox | null> = fc
  .array(arbitraryRequirement, { maxLength: 3 })
  .map((pod) => boxOf({ namespace: [], pod }));

/** Every label may be absent, have a value that is mentioned, or one that is not. */
const EVERY_LABELS: readonly Labels[] = KEYS.reduce<Labels[]>(
  (all, key) =>
    all.flatMap((labels) => [
      labels,
      ...[...VALUES, 'unheard-of'].map((value) => ({ ...labels, [key]: value })),
    ]),
  [{}],
);

function has(box: LabelBox | null, labels: Labels): boolean {
  return box !== null && boxHas(box, 'pod', labels);
}

describe('boxes of labels', () => {
  it('have what their selector matches', () => {
    fc.assert(
      fc.property(fc.array(arbitraryRequirement, { maxLength: 3 }), (selector) => {
        const box = boxOf({ namespace: [], pod: selector });
        for (const labels of EVERY_LABELS)
          expect(has(box, labels)).toBe(matchesSelector(new Map(Object.entries(labels)), selector));
      }),
    );
  });

  it('have in common what both have, and beyond another what that has not, once', () => {
    fc.assert(
      fc.property(arbitraryBox, arbitraryBox, (a, b) => {
        if (a === null || b === null) return;
        const both = intersectBoxes(a, b);
        const rest = boxesWithout(a, b);
        for (const labels of EVERY_LABELS) {
          expect(has(both, labels)).toBe(has(a, labels) && has(b, labels));
          const found = rest.filter((box) => has(box, labels)).length;
          expect(found).toBe(has(a, labels) && !has(b, labels) ? 1 : 0);
        }
        expect(isBoxWithin(a, b)).toBe(rest.length === 0);
      }),
    );
  });

  it('stay the same when merged, and select the same when written as selectors', () => {
    fc.assert(
      fc.property(arbitraryBox, arbitraryBox, arbitraryBox, (a, b, c) => {
        if (a === null || b === null || c === null) return;
        const parts = boxesWithout(a, b).flatMap((box) => boxesWithout(box, c));
        const merged = mergeBoxes(parts);
        expect(merged.length).toBeLessThanOrEqual(parts.length);
        const selectors = merged.flatMap((box) => selectorsOf(box, 'pod'));
        for (const labels of EVERY_LABELS) {
          const wanted = parts.some((box) => has(box, labels)) ? 1 : 0;
          expect(merged.filter((box) => has(box, labels)).length).toBe(wanted);
          const values = new Map(Object.entries(labels));
          expect(selectors.filter((one) => matchesSelector(values, one)).length).toBe(wanted);
        }
      }),
    );
  });

  it('have the labels that they offer', () => {
    fc.assert(
      fc.property(arbitraryBox, (box) => {
        if (box !== null) expect(has(box, someLabels(box, 'pod'))).toBe(true);
      }),
    );
  });
});
