import { describe, expect, it } from 'vitest';
import { editDistance } from './edit-distance.js';

describe('editDistance', () => {
  it.each([
    ['nginx', 'nginx', 0],
    ['ngnix', 'nginx', 1],
    ['web', 'wweb', 1],
    ['web', 'wed', 1],
    ['', 'abc', 3],
    ['frontend', 'backend', 5],
  ])('%s → %s: %d', (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected);
    expect(editDistance(b, a)).toBe(expected);
  });
});
