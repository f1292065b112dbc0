import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The shortest of several runs, in milliseconds: what the work costs when nothing else disturbs it. */
export async function shortest(runs: number, work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Runs a program of bench/ in a process of its own, where nothing is warm, and reads the JSON that it prints. */
export async function inFreshProcess<Result>(
  program: string,
  ...args: readonly string[]
): Promise<Result> {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=8192', file, ...args],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return JSON.parse(stdout) as Result;
}

/** What several such processes print, one after the other. */
export async function inFreshProcesses<Result>(
  runs: number,
  program: string,
  ...args: readonly string[]
): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < runs; i++) results.push(await inFreshProcess<Result>(program, ...args));
  return results;
}

/** The value below which a share of the samples lies. Sorts the samples. */
export function percentile(samples: number[], share: number): number {
  samples.sort((a, b) => a - b);
  return samples[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? NaN;
}
