import type { Figure } from '../goal.js';
import { inFreshProcess } from '../measure.js';
import type { ClusterName } from '../clusters/load.js';

interface ColdRun {
  readonly analysis: number;
  readonly parse: number;
  readonly classes: number;
  readonly bytes: number;
  readonly jsonBytes: number;
}

interface LoadRun {
  readonly load: number;
  readonly analysis: number;
  readonly parse: number;
  readonly classes: number;
  readonly jsonBytes: number;
}

const MEGABYTE = 1e6;
const LEFT_OUT = 'left out by --quick';

/** Cold analysis against JSON.parse, the index' memory, and how time grows with size. */
export async function analysisGoals(isQuick: boolean): Promise<Figure[]> {
  const [m, l] = [await coldest('M', 3), await coldest('L', isQuick ? 1 : 3)];
  const xl = isQuick ? null : await coldest('XL', 4);
  const loaded = isQuick ? null : await coldestLoad('XL', 3);
  const xla = isQuick ? null : await coldest('XLA', 4);
  const xlp = isQuick ? null : await coldest('XLP', 2);
  const x = isQuick ? null : await coldest('X', 2);
  const n = isQuick ? null : await coldest('N', 2);
  const ratio = (run: Omit<ColdRun, 'bytes'>): string =>
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
      what: 'XL from PostgreSQL and its full analysis, cold / JSON.parse',
      value: loaded === null ? null : (loaded.load + loaded.analysis) / loaded.parse,
      unit: 'x',
      bound: 1,
      sense: 'at most',
      detail: loaded === null ? LEFT_OUT : `${loaded.load.toFixed(0)} ms to load, ${ratio(loaded)}`,
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
      detail: xl === null ? LEFT_OUT : `${String(xl.classes)} classes`,
    },
    {
      id: 'G8',
      what: 'time of XL / time of M, per pod',
      value: xl === null ? null : xl.analysis / m.analysis / 15,
      unit: 'x',
      bound: 1.3,
      sense: 'at most',
      detail: xl === null ? LEFT_OUT : `${xl.analysis.toFixed(0)} ms, ${m.analysis.toFixed(0)} ms`,
    },
    againstXl('G8P', 'time of XLP (75,000 policies, 10,000 namespaces) / time of XL', 5, xlp, xl),
    againstXl('G8X', 'time of X, made to hurt (30,000 pods) / time of XL', 10, x, xl),
    {
      id: 'G9',
      what: 'cold full analysis of N (25,000 namespaces, 75,000 policies) / JSON.parse',
      value: n === null ? null : n.analysis / n.parse,
      unit: 'x',
      bound: 1,
      sense: 'at most',
      detail: n === null ? LEFT_OUT : ratio(n),
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
          ? LEFT_OUT
          : `${xla.analysis.toFixed(0)} ms, ${xl.analysis.toFixed(0)} ms; index ${(xla.bytes / xl.bytes).toFixed(2)} x in memory`,
    },
  ];
}

function againstXl(
  id: string,
  what: string,
  bound: number,
  run: ColdRun | null,
  xl: ColdRun | null,
): Figure {
  const isMeasured = run !== null && xl !== null;
  return {
    id,
    what,
    value: isMeasured ? run.analysis / xl.analysis : null,
    unit: 'x',
    bound,
    sense: 'at most',
    detail: isMeasured
      ? `${run.analysis.toFixed(0)} ms, ${xl.analysis.toFixed(0)} ms, ${String(run.classes)} classes`
      : LEFT_OUT,
  };
}

/** The best of several fresh processes, each cold. */
async function coldest(name: ClusterName, runs: number): Promise<ColdRun> {
  const results: ColdRun[] = [];
  for (let i = 0; i < runs; i++)
    results.push(await inFreshProcess<ColdRun>('./programs/cold-analysis.js', name));
  const best = (pick: (run: ColdRun) => number): number => Math.min(...results.map(pick));
  return { ...results[0]!, analysis: best((run) => run.analysis), parse: best((run) => run.parse) };
}

/** The best of several fresh processes that load the snapshot first. */
async function coldestLoad(name: ClusterName, runs: number): Promise<LoadRun> {
  const results: LoadRun[] = [];
  for (let i = 0; i < runs; i++)
    results.push(await inFreshProcess<LoadRun>('./programs/cold-load.js', name));
  const best = (pick: (run: LoadRun) => number): number => Math.min(...results.map(pick));
  return {
    ...results[0]!,
    load: best((run) => run.load),
    analysis: best((run) => run.analysis),
    parse: best((run) => run.parse),
  };
}
