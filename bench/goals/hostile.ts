import { HOSTILE_NAMES, type HostileName } from '../clusters/hostile.js';
import type { Figure } from '../goal.js';
import { inFreshProcess } from '../measure.js';

interface HostileRun {
  readonly build: number;
  readonly reach: number;
  readonly exported: number;
  readonly rows: number;
  readonly classes: number;
  readonly bytes: number;
}

const WHAT: Record<HostileName, string> = {
  XA: '30,000 distinct selectors',
  XB: 'NotIn everywhere',
  XC: '10,000 networks with nested exceptions',
  XD: '5,000 tables of named ports',
};

/** Clusters of 10,000 pods with very much of one thing, against the analysis of XL: as a whole, as G8X. */
export async function hostileGoals(isQuick: boolean): Promise<Figure[]> {
  const xl = isQuick
    ? null
    : await inFreshProcess<{ analysis: number }>('./programs/cold-analysis.js', 'XL');
  const figures: Figure[] = [];
  for (const [i, name] of HOSTILE_NAMES.entries()) {
    const run =
      xl === null ? null : await inFreshProcess<HostileRun>('./programs/hostile-cluster.js', name);
    figures.push({
      id: `G8${'abcd'.charAt(i)}`,
      what: `build of ${WHAT[name]} / analysis of XL`,
      value: run === null || xl === null ? null : run.build / xl.analysis,
      unit: 'x',
      bound: 10,
      sense: 'at most',
      detail: run === null ? 'left out by --quick' : spelledOut(run),
    });
  }
  return figures;
}

function spelledOut(run: HostileRun): string {
  const { build, reach, exported, rows, classes, bytes } = run;
  return [
    `build ${build.toFixed(0)} ms, ${String(classes)} classes, ${(bytes / 1e6).toFixed(0)} MB`,
    `whoCanReach ${reach.toFixed(0)} ms`,
    `${String(rows)} rows of two namespaces exported, analysis included, in ${exported.toFixed(0)} ms`,
  ].join('; ');
}
