import { describe, expect, it } from 'vitest';
import {
  formatSelector,
  type LabelSelector,
  matchesSelector,
  normalizeSelector,
} from './selector.js';

const web = new Map([
  ['app', 'web'],
  ['empty', ''],
]);

describe('matchesSelector', () => {
  it.each<[string, LabelSelector, boolean]>([
    ['In needs the key', [{ key: 'tier', operator: 'In', values: ['a'] }], false],
    ['In with the value', [{ key: 'app', operator: 'In', values: ['db', 'web'] }], true],
    ['NotIn holds without the key', [{ key: 'tier', operator: 'NotIn', values: ['a'] }], true],
    ['NotIn with the value', [{ key: 'app', operator: 'NotIn', values: ['web'] }], false],
    ['Exists with an empty value', [{ key: 'empty', operator: 'Exists', values: [] }], true],
    ['an empty value is a value', [{ key: 'empty', operator: 'In', values: [''] }], true],
    ['DoesNotExist', [{ key: 'app', operator: 'DoesNotExist', values: [] }], false],
    [
      'all must hold',
      [
        { key: 'app', operator: 'Exists', values: [] },
        { key: 'tier', operator: 'Exists', values: [] },
      ],
      false,
    ],
    ['nothing required', [], true],
  ])('%s', (_, selector, expected) => {
    expect(matchesSelector(web, selector)).toBe(expected);
  });
});

describe('normalizeSelector', () => {
  it('makes equal selectors equal', () => {
    const one = normalizeSelector([
      { key: 'b', operator: 'Exists', values: [] },
      { key: 'a', operator: 'In', values: ['y', 'x', 'y'] },
    ]);
    const other = normalizeSelector([
      { key: 'a', operator: 'In', values: ['x', 'y'] },
      { key: 'b', operator: 'Exists', values: [] },
      { key: 'b', operator: 'Exists', values: [] },
    ]);
    expect(one).toEqual(other);
    expect(formatSelector(one)).toBe('a in (x,y),b');
  });
});
