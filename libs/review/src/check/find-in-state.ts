import { type Analysis, profileOf } from '@portolan/engine';
import { ALL_RULES, findAll, findFixes, type FindingInput } from '@portolan/findings';
import type { ClusterProfile, Finding, NamespaceLabelling } from '@portolan/model';
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
  /** What the file of settings says of the cluster besides. */
  readonly labelling?: Partial<NamespaceLabelling>;
  /** The state before, for findings about what is new. */
  readonly base: Analysis | null;
}

/** The findings of a state under settings: rules that are off are not asked, others have the severity that was set. */
export function findInState(state: CheckedState, options: FindOptions): Finding[] {
  const { settings } = options;
  const rules = ALL_RULES.filter(({ id }) => settings.get(id) !== 'off');
  return applySettings(findAll(inputOf(state, options), rules), settings);
}

/** Those of some rules that can be mended mechanically, each of one place in one object. */
export function findFixesInState(
  state: CheckedState,
  options: FindOptions,
  wanted: ReadonlySet<string>,
): Finding[] {
  const { settings } = options;
  const rules = ALL_RULES.filter(({ id }) => wanted.has(id) && settings.get(id) !== 'off');
  return applySettings(findFixes(inputOf(state, options), rules), settings);
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

function inputOf(
  { analysis, sources, problems, problemsOmitted, skippedKinds }: CheckedState,
  { isComplete, today, base, ...options }: FindOptions,
): FindingInput {
  const known = options.profile ?? profileOf(analysis.view, isComplete).profile;
  const profile = { ...known, ...options.labelling };
  const read = { problems, problemsOmitted, skippedKinds };
  return { analysis, profile, isComplete, ...read, base, sources, today };
}
