import { getHeapStatistics } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { releaseMemory } from './release-memory.js';

const MEGABYTE = 1e6;

function heapMegabytes(): number {
  return getHeapStatistics().total_heap_size / MEGABYTE;
}

function leaveGarbage(): number {
  const garbage = Array.from({ length: 2_000_000 }, (_, i) => ({ i }));
  return garbage.length;
}

describe('releaseMemory', () => {
  it('gives back what nobody needs any more', () => {
    releaseMemory();
    const before = heapMegabytes();
    leaveGarbage();
    const full = heapMegabytes();
    expect(full).toBeGreaterThan(before + 50);
    releaseMemory();
    expect(heapMegabytes()).toBeLessThan(full - 50);
  });

  it('leaves no way to ask for it', () => {
    expect('gc' in globalThis).toBe(false);
  });
});
