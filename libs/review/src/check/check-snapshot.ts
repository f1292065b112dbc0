import { profileOf } from '@portolan/engine';
import { countProblems, type Severity } from '@portolan/model';
import { type FindingsReport, snapshotCaveats } from '@portolan/report';
import { ExceptionBook } from '../exceptions/exception-ledger.js';
import type { ReviewException } from '../exceptions/review-exception.js';
import type { ReviewState } from '../review-state.js';
import { checkedState } from './checked-state.js';
import { expiredAnnotations } from './expired-annotations.js';
import { findInState } from './find-in-state.js';
import { FindingRows, type Judge } from './finding-rows.js';
import { findingsReport } from './findings-report.js';
import type { RuleSetting } from './read-config.js';

/** What a check is about. */
export interface CheckInput {
  readonly state: ReviewState;
  /** Whether the state is the whole cluster. */
  readonly isComplete: boolean;
  readonly settings: ReadonlyMap<string, RuleSetting>;
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
  const found = findInState(state, { isComplete, settings, today, profile: null, base: null });
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
      profileOf(view, isComplete),
      '`portolan check --strict`',
    ),
  });
}

function judgeBy(book: ExceptionBook, baseline: ReadonlySet<string>): Judge {
  return (finding, { object, fingerprint }) => {
    const { suppressed } = finding;
    if (suppressed !== null) return { status: 'SUPPRESSED', why: suppressed.reason };
    const accepted = book.accept({ rule: finding.rule, object, fingerprint });
    if (accepted !== null) return { status: 'ACCEPTED', why: accepted };
    return baseline.has(fingerprint)
      ? { status: 'KNOWN', why: 'in the baseline' }
      : { status: 'OPEN', why: null };
  };
}
