import type { ClusterName } from './clusters/load.js';
import { inFreshProcesses } from './measure.js';

/** A full analysis in a process that has done none before, and JSON.parse of the same snapshot, in milliseconds. */
export interface Cold {
  readonly analysis: number;
  readonly parse: number;
  readonly classes: number;
  readonly bytes: number;
  readonly jsonBytes: number;
}

/** The best of several fresh processes. */
export async function coldest(name: ClusterName, runs: number): Promise<Cold> {
  const results = await inFreshProcesses<Cold>(runs, './programs/cold-analysis.js', name);
  return {
    ...results[0]!,
    analysis: Math.min(...results.map(({ analysis }) => analysis)),
    parse: Math.min(...results.map(({ parse }) => parse)),
  };
}
