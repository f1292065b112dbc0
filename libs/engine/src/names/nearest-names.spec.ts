import { describe, expect, it } from 'vitest';
import { didYouMean, nearestNames } from './nearest-names.js';

const NAMES = ['web', 'web-admin', 'payments', 'postgres', 'redis', 'frontend'];

describe('nearestNames', () => {
  const typos: [wanted: string, first: string][] = [
    ['wbe', 'web'],
    ['we', 'web'],
    ['paymets', 'payments'],
    ['posgtres', 'postgres'],
    ['front', 'frontend'],
    ['redis-master', 'redis'],
  ];
  it.each(typos)('%s is most likely %s', (wanted, first) => {
    expect(nearestNames(wanted, NAMES)[0]).toBe(first);
  });

  it('offers nothing that is far away', () => {
    expect(nearestNames('catalogue', NAMES)).toEqual([]);
  });

  it('offers three at most, in a stable order', () => {
    expect(nearestNames('app-x', ['app-d', 'app-c', 'app-b', 'app-a'])).toEqual([
      'app-a',
      'app-b',
      'app-c',
    ]);
  });
});

describe('didYouMean', () => {
  it('is a sentence, or nothing', () => {
    expect(didYouMean([])).toBe('');
    expect(didYouMean(['a'])).toBe(' Did you mean a?');
    expect(didYouMean(['a', 'b', 'c'])).toBe(' Did you mean a, b or c?');
  });
});
