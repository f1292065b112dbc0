import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { ReviewReport } from '@portolan/report';
import type { DiffResult } from '../run-diff.js';

/** Outputs of the action, by their names in action.yml. */
export type Outputs = Readonly<Record<string, string>>;

/** In the words of a check run, the worst first. */
const CONCLUSIONS = ['error', 'failure', 'neutral', 'success'] as const;
/** A conclusion of CONCLUSIONS; `error` says nothing about the change. */
export type Conclusion = (typeof CONCLUSIONS)[number];

/** What came of all reviews together. */
export function conclusionOf(results: readonly DiffResult[]): Conclusion {
  const all = results.map((result) =>
    result.kind === 'UNDECIDED'
      ? 'error'
      : ({ FAILED: 'failure', WARNED: 'neutral', PASSED: 'success' } as const)[
          result.report.verdict
        ],
  );
  return CONCLUSIONS.find((conclusion) => all.includes(conclusion)) ?? 'error';
}

/** Numbers of all reviews together. */
export function countOutputs(reports: readonly ReviewReport[]): Outputs {
  const count = (of: (report: ReviewReport) => number): string =>
    String(reports.reduce((sum, report) => sum + of(report), 0));
  const opening = ({ opened, altered }: ReviewReport) => [...opened, ...altered];
  return {
    opened: count((report) => opening(report).length),
    closed: count(({ closed, altered }) => closed.length + altered.length),
    'internet-opened': count(
      (report) =>
        opening(report).filter(({ reasons }) =>
          reasons.some(({ code }) => code === 'internet-ingress'),
        ).length,
    ),
    'newly-unprotected': count(({ newlyUnprotected }) => newlyUnprotected.length),
    'new-findings': count(
      ({ newFindings }) => newFindings.filter(({ status }) => status !== 'ACCEPTED').length,
    ),
    violations: count((report) => violationsOf(report, null)),
  };
}

/** Violations of a gate; null = of all gates that failed. */
function violationsOf({ gates }: ReviewReport, name: string | null): number {
  return gates
    .filter(({ gate, status }) => (name === null ? status === 'FAILED' : gate === name))
    .reduce((sum, { violations }) => sum + violations.length, 0);
}

/** Hands outputs to the runner. The delimiter cannot be known to whoever wrote a value. */
export async function writeOutputs(file: string | null, outputs: Outputs): Promise<void> {
  if (file === null) return;
  const lines = Object.entries(outputs).map(([name, value]) => {
    const delimiter = `portolan_${randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  await appendFile(file, lines.join(''));
}
