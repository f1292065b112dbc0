import { ENGINE_VERSION } from '@portolan/engine';
import { ALL_RULES, findingDocsUrl } from '@portolan/findings';
import { type Caveat, isAtLeast, type Severity } from '@portolan/model';
import type { FindingRow, FindingsReport } from '@portolan/report';
import type { RuleSetting } from './read-config.js';

/** Findings of a rule that are counted and not kept. */
export interface OmittedFindings {
  readonly rule: string;
  readonly severity: Severity;
  /** Whether annotations silence them. */
  readonly isSuppressed: boolean;
  readonly count: number;
}

/** What a report says beside its findings. */
export interface ReportedCheck extends Pick<
  FindingsReport,
  'input' | 'completeness' | 'failOn' | 'minSeverity' | 'exceptions' | 'expired' | 'caveats'
> {
  /** Further objects of a finding that are listed. */
  readonly maxOthers: number;
  /** Counted for the verdict, and not among the rows. */
  readonly omitted: readonly OmittedFindings[];
}

/** The report of rows, which are the gravest first. */
export function findingsReport(
  rows: readonly FindingRow[],
  { input, completeness, failOn, minSeverity, maxOthers, omitted, ...more }: ReportedCheck,
): FindingsReport {
  const isListed = ({ severity }: { readonly severity: Severity }): boolean =>
    isAtLeast(severity, minSeverity);
  const listed = rows.filter(isListed);
  const counts = countsOf(rows, omitted);
  const fails = (Object.keys(counts) as Severity[]).some(
    (severity) => counts[severity] > 0 && failOn !== null && isAtLeast(severity, failOn),
  );
  const left = sumOf(omitted.filter(isListed));
  return {
    engineVersion: ENGINE_VERSION,
    input,
    completeness,
    verdict: fails ? 'FAILED' : 'PASSED',
    failOn,
    minSeverity,
    counts,
    unlisted: rows.length - listed.length + sumOf(omitted) - left,
    rules: ALL_RULES.filter(({ id }) => listed.some(({ rule }) => rule === id)).map(
      ({ find: _find, ...rule }) => ({ ...rule, docsUrl: findingDocsUrl(rule.id) }),
    ),
    findings: listed.map((row) => ({ ...row, others: row.others.slice(0, maxOthers) })),
    exceptions: more.exceptions,
    expired: more.expired,
    caveats: left === 0 ? more.caveats : [truncation(left), ...more.caveats],
  };
}

/** What an answer says from which findings were left out. */
export function truncation(count: number): Caveat {
  return {
    code: 'RESULT_TRUNCATED',
    message: `There are too many findings: ${count} of the least grave are not listed.`,
  };
}

/** As settings have them. */
export function applyToOmitted(
  omitted: readonly OmittedFindings[],
  settings: ReadonlyMap<string, RuleSetting>,
): OmittedFindings[] {
  return omitted.flatMap((one) => {
    const setting = settings.get(one.rule);
    if (setting === 'off') return [];
    return setting === undefined ? one : { ...one, severity: setting };
  });
}

/** How many they are. */
export function sumOf(omitted: readonly OmittedFindings[]): number {
  return omitted.reduce((sum, { count }) => sum + count, 0);
}

/** Of those that count. */
function countsOf(
  rows: readonly FindingRow[],
  omitted: readonly OmittedFindings[],
): Record<Severity, number> {
  const counts: Record<Severity, number> = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFO: 0 };
  for (const { status, severity } of rows) if (status === 'OPEN') counts[severity]++;
  for (const { isSuppressed, severity, count } of omitted)
    if (!isSuppressed) counts[severity] += count;
  return counts;
}
