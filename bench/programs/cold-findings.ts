import { Analysis, buildIndex, profileOf } from '@portolan/engine';
import { findAll } from '@portolan/findings';
import { SourceView } from '@portolan/model';
import { type ClusterName, loadCluster, segmentsOf } from '../clusters/load.js';

/**
 * Prints how long a full analysis takes and then all findings, in a process that has done neither before (a worker that meets
 * its first snapshot), and the shortest of both afterwards.
 */
export interface FindingTimes {
  readonly count: number;
  readonly cold: Times;
  readonly warm: Times;
}

/** Milliseconds. */
interface Times {
  readonly analysis: number;
  readonly findings: number;
}

const WARM_RUNS = 3;

const content = await loadCluster(process.argv[2] as ClusterName);
const segments = segmentsOf(content);
const sources = content.parts.map(({ namespace, sources: block }) => ({ namespace, ...block }));

function run(): Times & { readonly count: number } {
  const start = performance.now();
  const analysis = new Analysis(buildIndex(segments));
  const analysed = performance.now();
  const { length: count } = findAll({
    analysis,
    profile: profileOf(analysis.view, true).profile,
    isComplete: true,
    problems: content.problems,
    base: null,
    sources: new SourceView(analysis.view, sources),
  });
  return { analysis: analysed - start, findings: performance.now() - analysed, count };
}

const { count, ...cold } = run();
const warm = Array.from({ length: WARM_RUNS }, run);
const times: FindingTimes = {
  count,
  cold,
  warm: {
    analysis: Math.min(...warm.map((times) => times.analysis)),
    findings: Math.min(...warm.map((times) => times.findings)),
  },
};
process.stdout.write(JSON.stringify(times));
