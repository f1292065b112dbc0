import { Analysis, blastRadius, buildIndex } from '@portolan/engine';
import { ANY_TRAFFIC, type BlastRadiusQuestion, invariant } from '@portolan/model';
import { type ClusterName, loadCluster, segmentsOf } from '../clusters/load.js';
import type { Figure } from '../goal.js';
import { percentile, shortest } from '../measure.js';

/** Sources that are asked about. */
const SOURCES = 40;

/** Others that are asked about before, for what an analysis remembers of earlier questions about the same traffic. */
const BEFORE = 5;

/**
 * Reach over any number of hops, against the analysis of the same cluster. The goal is 25 ms for the median and 150 ms at
 * most where the analysis takes a second. Timed once some questions were asked; how long these took is told, too. XLA has 200
 * admin policies.
 */
export async function blastRadiusGoals(isQuick: boolean): Promise<Figure[]> {
  return [
    ...(await figuresOf('G10', isQuick ? 'M' : 'XL')),
    ...(await figuresOf('G10A', isQuick ? 'MA' : 'XLA')),
  ];
}

async function figuresOf(id: string, name: ClusterName): Promise<Figure[]> {
  const segments = segmentsOf(await loadCluster(name));
  const analysed = await shortest(2, () => buildIndex(segments));
  const analysis = new Analysis(buildIndex(segments));
  const workloads = analysis.view.workloadCount;
  const ask = (workload: number): number => {
    const question = questionAbout(analysis, workload % workloads);
    const start = performance.now();
    invariant(blastRadius(analysis, question).ok, 'the source is a workload of the snapshot');
    return performance.now() - start;
  };
  const before = Array.from({ length: BEFORE }, (_, i) => ask(i * 6007 + 1));
  const times = Array.from({ length: SOURCES }, (_, i) => ask(i * 7919));
  const first = `the ${String(BEFORE)} before: ${before.map((time) => time.toFixed(0)).join(', ')} ms`;
  return [
    figure(id, name, 'p50', percentile(times, 0.5), analysed, 0.025, first),
    figure(id, name, 'longest', Math.max(...times), analysed, 0.15, first),
  ];
}

function questionAbout({ view }: Analysis, workload: number): BlastRadiusQuestion {
  const { namespace, name, kind } = view.workloadIdentity(workload);
  return {
    source: { kind: 'workload', namespace, name, workloadKind: kind },
    traffic: ANY_TRAFFIC,
    maxHops: null,
    hosts: true,
    isEnforced: true,
    rowsOfHop: null,
    pathTo: null,
  };
}

function figure(
  id: string,
  name: string,
  which: string,
  time: number,
  analysed: number,
  bound: number,
  first: string,
): Figure {
  return {
    id,
    what: `reach over any number of hops / analysis, ${name}, warm, ${which}`,
    value: time / analysed,
    unit: 'x',
    bound,
    sense: 'at most',
    detail: `${time.toFixed(1)} ms against ${analysed.toFixed(0)} ms; ${first}`,
  };
}
