import { getHeapStatistics } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { releaseMemory } from './release-memory.js';

function usedMegabytes(): number {
  return getHeapStatistics().used_heap_size / 1e6;
}

/** What is used while a hundred megabytes and more are held. */
function usedByMuch(): number {
  const held = Array.from({ length: 3_000_000 }, (_, i) => ({ i }));
  const used = usedMegabytes();
  expect(held.at(-1)?.i).toBe(held.length - 1);
  return used;
}

describe('releaseMemory', () => {
  it('gives back what nobody needs any more', () => {
    releaseMemory();
    const used = usedByMuch();
    releaseMemory();
    expect(usedMegabytes()).toBeLessThan(used - 50);
  });

  it('leaves nobody else a way to collect garbage', () => {
    expect('gc' in globalThis).toBe(false);
  });
});
