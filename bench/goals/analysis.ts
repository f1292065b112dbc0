import type { Figure } from '../goal.js';
import { inFreshProcess } from '../measure.js';
import type { ProfileName } from '../clusters/profiles.js';

interface ColdRun {
  readonly analysis: number;
  readonly parse: number;
  readonly classes: number;
  readonly bytes: number;
  readonly jsonBytes: number;
}

const MEGABYTE = 1e6;

/** Cold analysis against JSON.parse, the index' memory, and how time grows with size. */
export async function analysisGoals(isQuick: boolean): Promise<Figure[]> {
  const [m, l] = [await coldest('M', 3), await coldest('L', isQuick ? 1 : 3)];
  const xl = isQuick ? null : await coldest('XL', 4);
  const xla = isQuick ? null : await coldest('XLA', 4);
  const ratio = (run: ColdRun): string =>
    `${run.analysis.toFixed(0)} ms against ${run.parse.toFixed(0)} ms for ${(run.jsonBytes / MEGABYTE).toFixed(0)} MB of JSON, ${String(run.classes)} classes`;
  return [
    {
      id: 'G1L',
      what: 'cold full analysis of L / JSON.parse of the same snapshot',
      value: l.analysis / l.parse,
      unit: 'x',
      bound: 2,
      sense: 'at most',
      detail: ratio(l),
    },
    {
      id: 'G1',
      what: 'cold full analysis of XL / JSON.parse, without loading it',
      value: xl === null ? null : xl.analysis / xl.parse,
      unit: 'x',
      bound: 1,
      sense: 'at most',
      detail: xl === null ? 'left out by --quick' : ratio(xl),
    },
    {
      id: 'G7L',
      what: 'index of L in memory, its objects included',
      value: l.bytes / MEGABYTE,
      unit: 'MB',
      bound: 35,
      sense: 'at most',
      detail: `${String(l.classes)} classes`,
    },
    {
      id: 'G7',
      what: 'index of XL in memory, its objects included',
      value: xl === null ? null : xl.bytes / MEGABYTE,
      unit: 'MB',
      bound: 100,
      sense: 'at most',
      detail: xl === null ? 'left out by --quick' : `${String(xl.classes)} classes`,
    },
    {
      id: 'G8',
      what: 'time of XL / time of M, per pod',
      value: xl === null ? null : xl.analysis / m.analysis / 15,
      unit: 'x',
      bound: 1.3,
      sense: 'at most',
      detail:
        xl === null
          ? 'left out by --quick'
          : `${xl.analysis.toFixed(0)} ms, ${m.analysis.toFixed(0)} ms`,
    },
    {
      id: 'GA',
      what: 'cold full analysis of XL with 200 admin policies / without',
      value: xl === null || xla === null ? null : xla.analysis / xl.analysis,
      unit: 'x',
      bound: 1.3,
      sense: 'at most',
      detail:
        xl === null || xla === null
          ? 'left out by --quick'
          : `${xla.analysis.toFixed(0)} ms, ${xl.analysis.toFixed(0)} ms; index ${(xla.bytes / xl.bytes).toFixed(2)} x in memory`,
    },
  ];
}

/** The best of several fresh processes, each cold. */
async function coldest(name: ProfileName, runs: number): Promise<ColdRun> {
  const results: ColdRun[] = [];
  for (let i = 0; i < runs; i++)
    results.push(await inFreshProcess<ColdRun>('./programs/cold-analysis.js', name));
  const best = (pick: (run: ColdRun) => number): number => Math.min(...results.map(pick));
  return { ...results[0]!, analysis: best((run) => run.analysis), parse: best((run) => run.parse) };
}
