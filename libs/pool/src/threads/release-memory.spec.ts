import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** In a process of its own, whose heap is small, and without a pause in which V8 could tidy up by itself. */
const PROGRAM = `
  import { getHeapStatistics } from 'node:v8';
  import { releaseMemory } from '${new URL('release-memory.ts', import.meta.url).href}';
  const used = () => getHeapStatistics().used_heap_size / 1e6;
  const usedByMuch = () => {
    const held = Array.from({ length: 3_000_000 }, (_, i) => ({ i }));
    return held.length > 0 && used();
  };
  releaseMemory();
  const before = used();
  const full = usedByMuch();
  releaseMemory();
  console.log(JSON.stringify({ before, full, after: used(), canAnybody: 'gc' in globalThis }));
`;

describe('releaseMemory', () => {
  it('gives back what nobody needs any more, and leaves nobody else a way to', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', PROGRAM],
      { cwd: fileURLToPath(new URL('.', import.meta.url)) },
    );
    const { before, full, after, canAnybody } = JSON.parse(stdout) as Record<string, number>;
    expect(full).toBeGreaterThan(before! + 100);
    expect(after).toBeLessThan(before! + 20);
    expect(canAnybody).toBe(false);
  });
});
