import type { Finding, Severity, SnapshotView, SourceView } from '@portolan/model';
import type { FindingsReport } from '@portolan/report';
import { expiredAnnotations } from './expired-annotations.js';
import { applySettings } from './find-in-state.js';
import { byGravity, FindingRows } from './finding-rows.js';
import {
  applyToOmitted,
  findingsReport,
  type OmittedFindings,
  type ReportedCheck,
} from './findings-report.js';
import type { RuleSetting } from './read-config.js';

/** Findings that were found before, and what a report is to make of them. */
export interface FoundReport extends Omit<ReportedCheck, 'exceptions' | 'expired'> {
  readonly view: SnapshotView;
  readonly sources: SourceView;
  readonly findings: readonly Finding[];
  readonly omitted: readonly OmittedFindings[];
  readonly settings: ReadonlyMap<string, RuleSetting>;
  readonly minSeverity: Severity;
  /** `2026-03-01`, of annotations that expire. */
  readonly today: string;
}

/** The report of `checkSnapshot` where there are neither exceptions nor a baseline: annotations alone silence something. */
export function reportFound({
  view,
  sources,
  findings,
  settings,
  today,
  ...about
}: FoundReport): FindingsReport {
  const rows = new FindingRows(view, sources);
  const found = applySettings(findings, settings).sort(byGravity);
  return findingsReport(
    found.map((finding) => rows.rowOf(finding, fateOf(finding), about.maxOthers)),
    {
      ...about,
      omitted: applyToOmitted(about.omitted, settings),
      exceptions: [],
      expired: expiredAnnotations(view, sources, today),
    },
  );
}

function fateOf({ suppressed }: Finding): Parameters<FindingRows['rowOf']>[1] {
  return suppressed === null
    ? { status: 'OPEN', why: null }
    : { status: 'SUPPRESSED', why: suppressed.reason };
}
