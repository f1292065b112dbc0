import { buildIndex } from '@portolan/engine';
import { describe, expect, it } from 'vitest';
import { AnalysisCache } from './analysis-cache.js';

describe('AnalysisCache', () => {
  it('keeps the three that were used last', () => {
    const cache = new AnalysisCache();
    const index = buildIndex([]);
    const [a, b, c] = [1, 2, 3].map((id) => cache.get({ id, index }));
    expect(cache.get({ id: 1, index })).toBe(a);
    expect(cache.get({ id: 4, index })).not.toBe(b);
    expect(cache.get({ id: 1, index })).toBe(a);
    expect(cache.get({ id: 3, index })).toBe(c);
    expect(cache.get({ id: 2, index })).not.toBe(b);
  });
});
