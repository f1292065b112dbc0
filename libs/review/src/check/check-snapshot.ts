import { ENGINE_VERSION, profileOf } from '@portolan/engine';
import { ALL_RULES, findingDocsUrl } from '@portolan/findings';
import {
  countProblems,
  isAtLeast,
  type NamespaceLabelling,
  SEVERITIES,
  type Severity,
} from '@portolan/model';
import { type FindingRow, type FindingsReport, snapshotCaveats } from '@portolan/report';
import { ExceptionBook } from '../exceptions/exception-ledger.js';
import type { ReviewException } from '../exceptions/review-exception.js';
import type { ReviewState } from '../review-state.js';
import { findInState, sourcesOf } from './find-in-state.js';
import { FindingRows, type Judge } from './finding-rows.js';
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
  const { state, isComplete, settings, failOn, minSeverity, today, maxOthers } = input;
  const sources = sourcesOf(state);
  const book = new ExceptionBook({ base: input.exceptions, head: [] }, today);
  const rules = new Map(ALL_RULES.map((rule) => [rule.id, rule]));
  const known = profileOf(state.analysis.view, isComplete);
  const found = findInState(state, sources, {
    isComplete,
    settings,
    today,
    profile: { ...known.profile, ...input.profile },
    base: null,
  });
  const rows = new FindingRows(state.analysis.view, sources, rules).rowsOf(
    found,
    judgeBy(book, input.baseline),
  );
  const listed = rows.filter(({ severity }) => isAtLeast(severity, minSeverity));
  const open = rows.filter(({ status }) => status === 'OPEN');
  const fails = open.some(({ severity }) => failOn !== null && isAtLeast(severity, failOn));
  const { problems, problemsOmitted, digest } = state.content;
  const completeness = isComplete ? 'COMPLETE' : 'PARTIAL';
  return {
    engineVersion: ENGINE_VERSION,
    input: { name: state.name, digest },
    completeness,
    verdict: fails ? 'FAILED' : 'PASSED',
    failOn,
    minSeverity,
    counts: countsOf(open),
    unlisted: rows.length - listed.length,
    rules: ALL_RULES.filter(({ id }) => listed.some(({ rule }) => rule === id)).map(
      ({ find: _find, ...rule }) => ({ ...rule, docsUrl: findingDocsUrl(rule.id) }),
    ),
    findings: listed.map((row) => ({ ...row, others: row.others.slice(0, maxOthers) })),
    exceptions: book.results(),
    caveats: snapshotCaveats(
      { completeness, problemCounts: countProblems(problems), problemsOmitted },
      known,
      '`portolan check --strict`',
    ),
  };
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

function countsOf(rows: readonly FindingRow[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFO: 0 };
  for (const severity of SEVERITIES)
    counts[severity] = rows.filter((row) => row.severity === severity).length;
  return counts;
}
