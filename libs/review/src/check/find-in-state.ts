import { type Analysis, profileOf } from '@portolan/engine';
import { ALL_RULES, findAll, findFixes, type FindingInput } from '@portolan/findings';
import { type ClusterProfile, type Finding, SourceView } from '@portolan/model';
import type { ReviewState } from '../review-state.js';
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

/** The places of everything in a state. */
export function sourcesOf({ content, analysis }: ReviewState): SourceView {
  return new SourceView(
    analysis.view,
    content.parts.map(({ namespace, sources }) => ({ namespace, ...sources })),
  );
}

/** The findings of a state under settings: rules that are off are not asked, others have the severity that was set. */
export function findInState(
  state: ReviewState,
  sources: SourceView,
  options: FindOptions,
): Finding[] {
  const { settings } = options;
  const rules = ALL_RULES.filter(({ id }) => settings.get(id) !== 'off');
  return findAll(inputOf(state, sources, options), rules).map((one) => withSetting(one, settings));
}

/** Those of some rules that can be mended mechanically, each of one place in one object. */
export function findFixesInState(
  state: ReviewState,
  sources: SourceView,
  options: FindOptions,
  wanted: ReadonlySet<string>,
): Finding[] {
  const { settings } = options;
  const rules = ALL_RULES.filter(({ id }) => wanted.has(id) && settings.get(id) !== 'off');
  return findFixes(inputOf(state, sources, options), rules).map((one) =>
    withSetting(one, settings),
  );
}

function inputOf(
  { content, analysis }: ReviewState,
  sources: SourceView,
  { isComplete, today, base, ...options }: FindOptions,
): FindingInput {
  const profile = options.profile ?? profileOf(analysis.view, isComplete).profile;
  const { problems, problemsOmitted, skippedKinds } = content;
  const read = { problems, problemsOmitted, skippedKinds };
  return { analysis, profile, isComplete, ...read, base, sources, today };
}

function withSetting(finding: Finding, settings: FindOptions['settings']): Finding {
  const setting = settings.get(finding.rule);
  return setting === undefined || setting === 'off' ? finding : { ...finding, severity: setting };
}
