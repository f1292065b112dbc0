import { type Analysis, profileOf } from '@portolan/engine';
import { ALL_RULES, findAll } from '@portolan/findings';
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
  { content, analysis }: ReviewState,
  sources: SourceView,
  { isComplete, settings, today, base, ...options }: FindOptions,
): Finding[] {
  const profile = options.profile ?? profileOf(analysis.view, isComplete).profile;
  const { problems, problemsOmitted, skippedKinds } = content;
  const read = { problems, problemsOmitted, skippedKinds };
  const input = { analysis, profile, isComplete, ...read, base, sources, today };
  const rules = ALL_RULES.filter(({ id }) => settings.get(id) !== 'off');
  return findAll(input, rules).map((finding) => {
    const setting = settings.get(finding.rule);
    return setting === undefined || setting === 'off' ? finding : { ...finding, severity: setting };
  });
}
