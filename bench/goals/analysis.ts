import type { Figure } from '../goal.js';
import { type Cold, coldest } from '../coldest.js';
import { inFreshProcesses } from '../measure.js';
import type { ClusterName } from '../clusters/load.js';

/** The figures of a cluster's cold runs. */
type ColdRun = Cold & { readonly name: ClusterName };

/** As `Cold`, of a snapshot that lies in PostgreSQL. */
type LoadRun = Omit<Cold, 'bytes'> & { readonly load: number };

const MEGABYTE = 1e6;

/**
 * Cold analysis against JSON.parse, the index' memory, and how time grows with size. A quick run has M, with as many policies
 * and namespaces for a pod, in the place of XL and its like.
 */
export async function analysisGoals(isQuick: boolean): Promise<Figure[]> {
  const [m, l] = [await coldRun('M', isQuick ? 1 : 3), await coldRun('L', isQuick ? 1 : 3)];
  const base = isQuick ? m : await coldRun('XL', 4);
  const [larger, timesPods] = isQuick ? [l, 5] : [base, 15];
  const loaded = await coldestLoad(base.name, isQuick ? 1 : 3);
  const admin = await coldRun(isQuick ? 'MA' : 'XLA', isQuick ? 1 : 4);
  const policies = await coldRun(isQuick ? 'MP' : 'XLP', isQuick ? 1 : 2);
  const namespaces = await coldRun(isQuick ? 'MN' : 'N', isQuick ? 1 : 2);
  const hurt = isQuick ? null : await coldRun('X', 2);
  return [
    {
      id: 'G1L',
      what: 'cold full analysis of L / JSON.parse of the same snapshot',
      value: l.analysis / l.parse,
      unit: 'x',
      bound: 2,
      sense: 'at most',
      detail: parsing(l),
    },
    {
      id: 'G1',
      what: `${base.name} from PostgreSQL and its full analysis, cold / JSON.parse`,
      value: (loaded.load + loaded.analysis) / loaded.parse,
      unit: 'x',
      bound: 1,
      sense: 'at most',
      detail: `${loaded.load.toFixed(0)} ms to load, ${parsing(loaded)}`,
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
      what: `index of ${base.name} in memory, its objects included`,
      value: base.bytes / MEGABYTE,
      unit: 'MB',
      bound: 100,
      sense: 'at most',
      detail: `${String(base.classes)} classes`,
    },
    {
      id: 'G8',
      what: `time of ${larger.name} / time of M, per pod`,
      value: larger.analysis / m.analysis / timesPods,
      unit: 'x',
      bound: 1.3,
      sense: 'at most',
      detail: against(larger, m),
    },
    {
      id: 'G8P',
      what: `time of ${policies.name} (7.5 times the policies, 5 times the namespaces) / time of ${base.name}`,
      value: policies.analysis / base.analysis,
      unit: 'x',
      bound: 5,
      sense: 'at most',
      detail: against(policies, base),
    },
    {
      id: 'G8X',
      what: 'time of X, made to hurt (30,000 pods) / time of XL',
      value: hurt === null ? null : hurt.analysis / base.analysis,
      unit: 'x',
      bound: 10,
      sense: 'at most',
      detail: hurt === null ? 'left out by --quick' : against(hurt, base),
    },
    {
      id: 'G9',
      what: `cold full analysis of ${namespaces.name} (a namespace for four pods, three policies in each) / JSON.parse`,
      value: namespaces.analysis / namespaces.parse,
      unit: 'x',
      bound: 1,
      sense: 'at most',
      detail: parsing(namespaces),
    },
    {
      id: 'GA',
      what: `cold full analysis of ${base.name} with 200 admin policies / without`,
      value: admin.analysis / base.analysis,
      unit: 'x',
      bound: 1.3,
      sense: 'at most',
      detail: `${against(admin, base)}; index ${(admin.bytes / base.bytes).toFixed(2)} x in memory`,
    },
  ];
}

function parsing({ analysis, parse, jsonBytes, classes }: Omit<Cold, 'bytes'>): string {
  return `${analysis.toFixed(0)} ms against ${parse.toFixed(0)} ms for ${(jsonBytes / MEGABYTE).toFixed(0)} MB of JSON, ${String(classes)} classes`;
}

function against(run: ColdRun, other: ColdRun): string {
  return `${run.analysis.toFixed(0)} ms, ${other.analysis.toFixed(0)} ms, ${String(run.classes)} classes`;
}

async function coldRun(name: ClusterName, runs: number): Promise<ColdRun> {
  return { ...(await coldest(name, runs)), name };
}

/** The best of several fresh processes that load the snapshot first. */
async function coldestLoad(name: ClusterName, runs: number): Promise<LoadRun> {
  const results = await inFreshProcesses<LoadRun>(runs, './programs/cold-load.js', name);
  const best = (pick: (run: LoadRun) => number): number => Math.min(...results.map(pick));
  return {
    ...results[0]!,
    load: best((run) => run.load),
    analysis: best((run) => run.analysis),
    parse: best((run) => run.parse),
  };
}
