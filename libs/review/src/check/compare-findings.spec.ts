import type { Finding } from '@portolan/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Analysed, analyseFiles } from '../../../../test/support/analyse.js';
import { compareFindings, countByObject, type FoundInState } from './compare-findings.js';

const POLICIES = ['a', 'b', 'c', 'd', 'e'];
const TEXT = POLICIES.map(
  (name) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { podSelector: {} }
`,
).join('---\n');

let analysed: Analysed;
beforeAll(async () => {
  analysed = await analyseFiles([{ path: 'all.yaml', text: TEXT }]);
});

/** A finding of policies; `key` tells it from others of the rule. */
function finding(objects: readonly number[], key = '', message = 'm'): Finding {
  return {
    rule: 'NP106',
    severity: 'LOW',
    confidence: 'CERTAIN',
    message,
    object: { kind: 'POLICY', index: objects[0]! },
    objects,
    occurrences: objects.length + 1,
    path: 'spec',
    place: null,
    fix: { text: 't', yaml: 'y', edits: [] },
    key,
    suppressed: null,
  };
}

const document = (object: string): Finding => ({
  ...finding([0]),
  object: { kind: 'INPUT', kindName: 'NetworkPolicy', object, location: null },
  objects: [],
});

const state = (...findings: readonly Finding[]): FoundInState => ({
  view: analysed.analysis.view,
  findings,
});

describe('compareFindings', () => {
  it('leaves a finding as it is that is wholly new or gone', () => {
    const { added, gone } = compareFindings(state(finding([3, 4])), state(finding([0, 1])));
    expect(added).toEqual([finding([0, 1])]);
    expect(gone).toEqual([finding([3, 4])]);
  });

  it('tells of the objects that differ alone, and nothing of them that was said of another', () => {
    const { added } = compareFindings(state(finding([0])), state(finding([0, 1, 2])));
    expect(added).toEqual([
      {
        ...finding([1, 2]),
        occurrences: 2,
        path: null,
        fix: { text: 't', yaml: null, edits: [] },
      },
    ]);
    const kept = compareFindings(state(finding([2])), state(finding([0, 1, 2]))).added;
    expect(kept).toEqual([{ ...finding([0, 1]), occurrences: 2 }]);
  });

  it('takes another key for another finding, and another message for the same', () => {
    const before = state(finding([0], 'a'));
    expect(compareFindings(before, state(finding([0], 'b'))).added).toHaveLength(1);
    expect(compareFindings(before, state(finding([0], 'a', 'other'))).added).toEqual([]);
  });

  it('compares documents by their names', () => {
    const { added, gone } = compareFindings(
      state(document('shop/a'), document('shop/b')),
      state(document('shop/b'), document('shop/c')),
    );
    expect([added, gone]).toEqual([[document('shop/c')], [document('shop/a')]]);
  });

  it('finds for any two lists what sets of key and object say', () => {
    const lists = fc.array(
      fc.tuple(
        fc.uniqueArray(fc.nat(POLICIES.length - 1), { minLength: 1 }),
        fc.constantFrom('x', 'y'),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        const of = (list: typeof before) =>
          state(...list.map(([objects, key]) => finding(objects.sort(), key)));
        const pairs = (findings: readonly Finding[]) =>
          new Set(findings.flatMap(({ key, objects }) => objects.map((one) => `${key}${one}`)));
        const { added, gone } = compareFindings(of(before), of(after));
        const [had, has] = [pairs(of(before).findings), pairs(of(after).findings)];
        expect(pairs(added)).toEqual(new Set([...has].filter((one) => !had.has(one))));
        expect(pairs(gone)).toEqual(new Set([...had].filter((one) => !has.has(one))));
        expect(countByObject(state(...gone))).toBe(pairs(gone).size);
        for (const { object, objects } of added)
          expect(object).toMatchObject({ index: objects[0] });
      }),
    );
  });
});
