import { Analysis, blastRadius, buildIndex } from '@portolan/engine';
import { ANY_TRAFFIC, type BlastRadiusQuestion, invariant } from '@portolan/model';
import { loadCluster, segmentsOf } from '../clusters/load.js';
import type { Figure } from '../goal.js';
import { percentile, shortest } from '../measure.js';

/** Sources that are asked about. */
const SOURCES = 40;

/**
 * Reach over any number of hops, against the analysis of the same cluster. The goal is 25 ms for the median and 150 ms at
 * most where the analysis takes a second.
 */
export async function blastRadiusGoals(isQuick: boolean): Promise<Figure[]> {
  const name = isQuick ? 'M' : 'XL';
  const segments = segmentsOf(await loadCluster(name));
  const analysed = await shortest(2, () => buildIndex(segments));
  const analysis = new Analysis(buildIndex(segments));
  const times: number[] = [];
  for (let i = 0; i < SOURCES; i++) {
    const question = questionAbout(analysis, (i * 7919) % analysis.view.workloadCount);
    const start = performance.now();
    invariant(blastRadius(analysis, question).ok, 'the source is a workload of the snapshot');
    times.push(performance.now() - start);
  }
  return [
    figure(name, 'p50', percentile(times, 0.5), analysed, 0.025),
    figure(name, 'longest', Math.max(...times), analysed, 0.15),
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
  name: string,
  which: string,
  time: number,
  analysed: number,
  bound: number,
): Figure {
  return {
    id: 'G10',
    what: `reach over any number of hops / analysis, ${name}, ${which}`,
    value: time / analysed,
    unit: 'x',
    bound,
    sense: 'at most',
    detail: `${time.toFixed(1)} ms against ${analysed.toFixed(0)} ms`,
  };
}
