import { CONFIDENCES, FINDING_CATEGORIES, SEVERITIES, type Severity } from '@portolan/model';
import type { Lines } from '../formats/line-note.js';
import { CAVEAT, EXCEPTION, STATE } from '../json/common-shapes.js';
import {
  listOf,
  objectOf,
  oneOf,
  orNull,
  type Shape,
  ShapeFault,
  text,
  truth,
  wholeNumber,
} from '../json/json-shape.js';
import { type ReadJson, readReportJson } from '../json/read-report-json.js';
import { FINDINGS_FORMAT } from './finding-formats.js';
import {
  type ExpiredAnnotation,
  FINDING_STATUSES,
  type FindingRow,
  type FindingsReport,
  type FindingSubject,
  type ReportedRule,
} from './findings-report.js';

/** Reads what `writeFindings` writes as json, strictly: a report that is not understood as a whole is no report. */
export function readFindingsJson(json: string): ReadJson<FindingsReport> {
  return readReportJson(json, FINDINGS_FORMAT, REPORT);
}

const FINGERPRINT: Shape<string> = (value, at) => {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value;
  throw new ShapeFault(at, 'must be 64 hexadecimal digits');
};

const LINES = objectOf<Lines>({ path: text, startLine: wholeNumber(0), endLine: wholeNumber(0) });

const SUBJECT = { object: text, fingerprint: FINGERPRINT, place: orNull(LINES) };

const FINDING = objectOf<FindingRow>({
  ...SUBJECT,
  rule: text,
  name: text,
  category: oneOf(FINDING_CATEGORIES),
  severity: oneOf(SEVERITIES),
  confidence: oneOf(CONFIDENCES),
  message: text,
  path: orNull(text),
  fix: orNull(objectOf<NonNullable<FindingRow['fix']>>({ text, yaml: orNull(text) })),
  occurrences: wholeNumber(1),
  others: listOf(objectOf<FindingSubject>(SUBJECT)),
  status: oneOf(FINDING_STATUSES),
  why: orNull(text),
});

const RULE = objectOf<ReportedRule>({
  id: text,
  name: text,
  category: oneOf(FINDING_CATEGORIES),
  severity: oneOf(SEVERITIES),
  description: text,
  remediation: text,
  needsCompleteSnapshot: truth,
  docsUrl: text,
});

const COUNT = wholeNumber(0);

const REPORT = objectOf<FindingsReport>({
  engineVersion: text,
  input: STATE,
  completeness: oneOf(['COMPLETE', 'PARTIAL']),
  verdict: oneOf(['PASSED', 'FAILED']),
  failOn: orNull(oneOf(SEVERITIES)),
  minSeverity: oneOf(SEVERITIES),
  counts: objectOf<Record<Severity, number>>({
    CRITICAL: COUNT,
    HIGH: COUNT,
    MEDIUM: COUNT,
    LOW: COUNT,
    INFO: COUNT,
  }),
  unlisted: COUNT,
  rules: listOf(RULE),
  findings: listOf(FINDING),
  exceptions: listOf(EXCEPTION),
  expired: listOf(objectOf<ExpiredAnnotation>({ object: text, message: text, place: LINES })),
  caveats: listOf(CAVEAT),
});
