import { type Analysis, profileOf } from '@portolan/engine';
import { ALL_RULES, findAll } from '@portolan/findings';
import type { ClusterProfile, Finding } from '@portolan/model';
import type { CheckedState } from './checked-state.js';
import type { RuleSetting } from './read-config.js';

/** How a state is looked at. */
export interface FindOptions {
  readonly isComplete: boolean;
  readonly settings: ReadonlyMap<string, RuleSetting>;
  /** Of annotations that silence findings. */
  readonly today: string;
  /** What is known of the cluster; null = what the state shows of it. */
  readonly profile: ClusterProfile | null;
  /** The state before, for findings about what is new. */
  readonly base: Analysis | null;
}

/** The findings of a state under settings: rules that are off are not asked, others have the severity that was set. */
export function findInState(
  { analysis, sources, problems, problemsOmitted, skippedKinds }: CheckedState,
  { isComplete, settings, today, base, ...options }: FindOptions,
): Finding[] {
  const profile = options.profile ?? profileOf(analysis.view, isComplete).profile;
  const read = { problems, problemsOmitted, skippedKinds };
  const input = { analysis, profile, isComplete, ...read, base, sources, today };
  const rules = ALL_RULES.filter(({ id }) => settings.get(id) !== 'off');
  return applySettings(findAll(input, rules), settings);
}

/** Findings as settings have them: without those of rules that are off, others with the severity that was set. */
export function applySettings(
  findings: readonly Finding[],
  settings: ReadonlyMap<string, RuleSetting>,
): Finding[] {
  return findings.flatMap((finding) => {
    const setting = settings.get(finding.rule);
    if (setting === 'off') return [];
    return setting === undefined ? finding : { ...finding, severity: setting };
  });
}
