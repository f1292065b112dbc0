import { profileOf } from '@portolan/engine';
import { countProblems, type NamespaceLabelling, type Severity } from '@portolan/model';
import { type FindingsReport, snapshotCaveats } from '@portolan/report';
import { ExceptionBook } from '../exceptions/exception-ledger.js';
import type { ReviewException } from '../exceptions/review-exception.js';
import type { ReviewState } from '../review-state.js';
import { checkedState } from './checked-state.js';
import { expiredAnnotations } from './expired-annotations.js';
import { findInState } from './find-in-state.js';
import { FindingRows } from './finding-rows.js';
import { findingsReport } from './findings-report.js';
import { judgeBy } from './judge-by.js';
import type { RuleSetting } from './read-config.js';

/** What a check is about. */
export interface CheckInput {
  readonly state: ReviewState;
  /** Whether the state is the whole cluster. */
  readonly isComplete: boolean;
  readonly settings: ReadonlyMap<string, RuleSetting>;
  /** What no manifest tells of the cluster. */
  readonly profile: Partial<NamespaceLabelling>;
  /** The least severity that fails; null = none does. */
  readonly failOn: Severity | null;
  /** The least severity that is listed. */
  readonly minSeverity: Severity;
  readonly exceptions: readonly ReviewException[];
  /** Fingerprints of findings that are no failures. */
  readonly baseline: ReadonlySet<string>;
  /** `2026-03-01`, for what expires. */
  readonly today: string;
  /** Further objects of a finding that are listed. */
  readonly maxOthers: number;
}

/** What is wrong with a state of manifests, and whether that is too much. */
export function checkSnapshot(input: CheckInput): FindingsReport {
  const { isComplete, settings, failOn, minSeverity, today, maxOthers } = input;
  const { name, content } = input.state;
  const state = checkedState(input.state);
  const { view } = state.analysis;
  const book = new ExceptionBook({ base: input.exceptions, head: [] }, today);
  const known = profileOf(view, isComplete);
  const { profile } = known;
  const terms = { isComplete, settings, today, profile, labelling: input.profile };
  const found = findInState(state, { ...terms, base: null });
  const judge = judgeBy(book, input.baseline);
  const rows = new FindingRows(view, state.sources).rowsOf(found, judge);
  const { problems, problemsOmitted, digest } = content;
  const completeness = isComplete ? 'COMPLETE' : 'PARTIAL';
  return findingsReport(rows, {
    input: { name, digest },
    completeness,
    failOn,
    minSeverity,
    maxOthers,
    omitted: [],
    exceptions: book.results(),
    expired: expiredAnnotations(view, state.sources, today),
    caveats: snapshotCaveats(
      { completeness, problemCounts: countProblems(problems), problemsOmitted },
      known,
      '`portolan check --strict`',
    ),
  });
}
