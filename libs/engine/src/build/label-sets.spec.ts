import { type LabelSelector, matchesSelector, SELECTOR_OPERATORS } from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelSets, LabelVocabulary } from './label-sets.js';

const key = fc.constantFrom('a', 'b', 'c');
const value = fc.constantFrom('', 'x', 'y', 'z');
const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'unmentioned'), value);
const requirement = fc
  .tuple(
    key,
    fc.constantFrom(...SELECTOR_OPERATORS),
    fc.uniqueArray(value, { minLength: 1, maxLength: 3 }),
  )
  .map(([one, operator, values]) => ({
    key: one,
    operator,
    values: operator === 'In' || operator === 'NotIn' ? values.sort() : [],
  }));
const selector = fc.array(requirement, { maxLength: 3 });

describe('LabelSets', () => {
  it('selects what a selector matches, label set by label set', () => {
    fc.assert(
      fc.property(
        fc.array(labels, { minLength: 1, maxLength: 8 }),
        fc.array(selector, { minLength: 1, maxLength: 4 }),
        (objects, selectors) => {
          const vocabulary = new LabelVocabulary();
          for (const one of selectors) vocabulary.mention(one);
          const sets = new LabelSets(vocabulary);
          const ids = objects.map((one) => sets.project(Object.entries(one)));
          for (const one of selectors) {
            const selected = sets.select(one);
            for (const [i, object] of objects.entries())
              expect(
                selected === null || (selected.ids.includes(ids[i]!) && selected.has(ids[i]!)),
              ).toBe(matchesSelector(new Map(Object.entries(object)), one));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('collapses what no selector looks at', () => {
    const vocabulary = new LabelVocabulary();
    const wanted: LabelSelector = [{ key: 'app', operator: 'In', values: ['web'] }];
    vocabulary.mention(wanted);
    const sets = new LabelSets(vocabulary);
    const one = sets.project([
      ['app', 'db'],
      ['pod-template-hash', '1'],
    ]);
    const other = sets.project([
      ['app', 'cache'],
      ['pod-template-hash', '2'],
    ]);
    expect(one).toBe(other);
    expect(sets.project([['app', 'web']])).not.toBe(one);
    expect(sets.size).toBe(2);
  });
});
