import type { InputOutcome, Problem } from './problem.js';

/**
 * Problems by outcome, and those of the one code on which answers rest although its objects are taken. What there is none
 * of is absent.
 */
export type ProblemCounts = Readonly<Partial<Record<InputOutcome | 'UNSUPPORTED_FIELD', number>>>;

/** How many problems there are of each outcome. */
export function countProblems(problems: readonly Problem[]): ProblemCounts {
  const counts: Partial<Record<keyof ProblemCounts, number>> = {};
  const keys = problems.flatMap(({ outcome, code }) =>
    code === 'UNSUPPORTED_FIELD' ? ([outcome, code] as const) : [outcome],
  );
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
