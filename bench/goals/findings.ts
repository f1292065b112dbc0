import type { Figure } from '../goal.js';
import { inFreshProcesses } from '../measure.js';
import type { FindingTimes } from '../programs/cold-findings.js';

/** All findings of a cluster against its analysis: both cold, as G1 has it, and both warm. */
export async function findingGoals(isQuick: boolean): Promise<Figure[]> {
  const name = isQuick ? 'M' : 'XL';
  const runs = await inFreshProcesses<FindingTimes>(
    isQuick ? 1 : 3,
    './programs/cold-findings.js',
    name,
  );
  return (['cold', 'warm'] as const).map((state) => {
    const shortest = (what: 'analysis' | 'findings'): number =>
      Math.min(...runs.map((run) => run[state][what]));
    const [analysis, findings] = [shortest('analysis'), shortest('findings')];
    return {
      id: 'G12',
      what: `all findings / analysis, ${name}, both ${state}`,
      value: findings / analysis,
      unit: 'x',
      bound: 3,
      sense: 'at most',
      detail: `${String(runs[0]?.count)} findings in ${findings.toFixed(0)} ms against ${analysis.toFixed(0)} ms`,
    };
  });
}
