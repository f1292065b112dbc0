import { createHash } from 'node:crypto';
import { SourceView } from '@portolan/model';
import { writeFindings } from '@portolan/report';
import { reportFound } from '@portolan/review';
import type { AnalysisCache } from '../../analysis-cache.js';
import type { FindingsDocument, FindingsReportRequest } from '../../finding-messages.js';

/** Further objects of a finding that documents name. */
const SHOWN_OTHERS = 20;

/** Writes findings down, as `portolan check` does. */
export function writeReport(
  { index, sources, found, name, digest, settings, format, ...request }: FindingsReportRequest,
  analyses: AnalysisCache,
): FindingsDocument {
  const { view } = analyses.get(index);
  const { isComplete, failOn, minSeverity, today, caveats } = request;
  const report = reportFound({
    view,
    sources: new SourceView(view, sources),
    findings: found.findings,
    omitted: found.omitted,
    settings: new Map(settings),
    input: { name, digest },
    completeness: isComplete ? 'COMPLETE' : 'PARTIAL',
    failOn,
    minSeverity,
    maxOthers: SHOWN_OTHERS,
    today,
    caveats,
  });
  const bytes = new TextEncoder().encode(writeFindings(report, format));
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { bytes, verdict: report.verdict, hash, caveats: report.caveats };
}
