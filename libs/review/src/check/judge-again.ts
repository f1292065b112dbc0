import { isAtLeast, type Severity } from '@portolan/model';
import type { FindingRow, FindingsReport, FindingSubject } from '@portolan/report';
import { ExceptionBook } from '../exceptions/exception-ledger.js';
import type { ReviewException } from '../exceptions/review-exception.js';
import type { FindingFate } from './finding-rows.js';
import { findingsReport } from './findings-report.js';

/** What a report of another is judged by. */
export interface JudgedAgain {
  readonly exceptions: readonly ReviewException[];
  /** Fingerprints of findings that are no failures. */
  readonly baseline: ReadonlySet<string>;
  readonly minSeverity: Severity;
  readonly today: string;
}

/**
 * Judges the findings of a report by exceptions and a baseline, as `checkSnapshot` does. The report has to have all of them, each with
 * all of its objects (see `isWhole`).
 */
export function judgeAgain(
  report: FindingsReport,
  { exceptions, baseline, minSeverity, today }: JudgedAgain,
): FindingsReport {
  const book = new ExceptionBook({ base: exceptions, head: [] }, today);
  const rows = report.findings.flatMap((row) =>
    row.status === 'OPEN' ? partsOf(row, (subject) => fateOf(row, subject, book, baseline)) : row,
  );
  const { engineVersion, input, completeness, failOn, expired, caveats } = report;
  const listed = new Set(
    rows.filter(({ severity }) => isAtLeast(severity, minSeverity)).map(({ rule }) => rule),
  );
  return {
    ...findingsReport(rows, {
      input,
      completeness,
      failOn,
      minSeverity,
      maxOthers: Infinity,
      omitted: [],
      exceptions: book.results(),
      expired,
      caveats,
    }),
    // Of whoever found them, who may have another version.
    engineVersion,
    rules: report.rules.filter(({ id }) => listed.has(id)),
  };
}

/** Whether a report tells all findings, each with all of its objects, when it lists so many others at most. */
export function isWhole(report: FindingsReport, maxOthers: number): boolean {
  return (
    report.unlisted === 0 &&
    report.caveats.every(({ code }) => code !== 'RESULT_TRUNCATED') &&
    report.findings.every(({ others }) => others.length < maxOthers)
  );
}

function fateOf(
  { rule }: FindingRow,
  { object, fingerprint }: FindingSubject,
  book: ExceptionBook,
  baseline: ReadonlySet<string>,
): FindingFate {
  const accepted = book.accept({ rule, object, fingerprint });
  if (accepted !== null) return { status: 'ACCEPTED', why: accepted };
  return baseline.has(fingerprint)
    ? { status: 'KNOWN', why: 'in the baseline' }
    : { status: 'OPEN', why: null };
}

/** A row for each fate of its objects. */
function partsOf(row: FindingRow, judge: (subject: FindingSubject) => FindingFate): FindingRow[] {
  const { object, fingerprint, place } = row;
  const parts = new Map<string, { fate: FindingFate; subjects: FindingSubject[] }>();
  for (const subject of [{ object, fingerprint, place }, ...row.others]) {
    const fate = judge(subject);
    const key = JSON.stringify([fate.status, fate.why]);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, { fate, subjects: [subject] });
    else part.subjects.push(subject);
  }
  return Array.from(parts.values(), ({ fate, subjects: [first, ...others] }) => ({
    ...row,
    ...first,
    others,
    occurrences: parts.size === 1 ? row.occurrences : others.length + 1,
    ...fate,
  }));
}
