import type { Analysis } from '@portolan/engine';
import { type Problem, type SkippedKind, SourceView } from '@portolan/model';
import type { ReviewState } from '../review-state.js';

/** A state of which findings are asked, whether it was read from manifests or is stored. */
export interface CheckedState {
  readonly analysis: Analysis;
  /** The places of everything in it. */
  readonly sources: SourceView;
  readonly problems: readonly Problem[];
  readonly problemsOmitted: number;
  readonly skippedKinds: readonly SkippedKind[];
}

/** A state that was read from manifests. */
export function checkedState(
  { content, analysis }: ReviewState,
  sources: SourceView = new SourceView(
    analysis.view,
    content.parts.map((part) => ({ namespace: part.namespace, ...part.sources })),
  ),
): CheckedState {
  const { problems, problemsOmitted, skippedKinds } = content;
  return { analysis, sources, problems, problemsOmitted, skippedKinds };
}
