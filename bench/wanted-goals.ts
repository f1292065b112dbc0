import type { Figure } from './goal.js';

/** Goals that are measured together. */
export interface Goal {
  /** Each has a line at least. */
  readonly ids: readonly string[];
  readonly measure: (isQuick: boolean) => Promise<Figure[]>;
}

/**
 * All goals, or those that `--only ID[,ID]` names and what is measured with them.
 *
 * @throws when it names a goal that there is not.
 */
export function wantedGoals(goals: readonly Goal[], args: readonly string[]): readonly Goal[] {
  const at = args.indexOf('--only');
  if (at === -1) return goals;
  const wanted = args[at + 1]?.split(',') ?? [];
  const known = goals.flatMap(({ ids }) => ids);
  const unknown = wanted.filter((id) => !known.includes(id));
  if (wanted.length === 0 || unknown.length > 0)
    throw new Error(`--only wants some of ${known.join(',')}, not "${unknown.join(',')}"`);
  return goals.filter(({ ids }) => ids.some((id) => wanted.includes(id)));
}
