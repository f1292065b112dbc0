import {
  type Caveat,
  CAVEAT_CODES,
  CONFIDENCES,
  FINDING_CATEGORIES,
  SEVERITIES,
  type Severity,
} from '@portolan/model';
import type { Lines } from '../formats/line-note.js';
import {
  anObject,
  listOf,
  objectOf,
  oneOf,
  orNull,
  type Shape,
  ShapeFault,
  text,
  truth,
  wholeNumber,
} from '../review/json-shape.js';
import type { ExceptionResult, Place, ReviewedState } from '../review/review-report.js';
import { FINDINGS_FORMAT } from './finding-formats.js';
import {
  type ExpiredAnnotation,
  FINDING_STATUSES,
  type FindingRow,
  type FindingsReport,
  type FindingSubject,
  type ReportedRule,
} from './findings-report.js';

/** A report, or why the text is none. */
export type ReadFindings =
  | { readonly ok: true; readonly report: FindingsReport }
  | { readonly ok: false; readonly message: string };

/** Reads what `writeFindings` writes as json, strictly: a report that is not understood as a whole is no report. */
export function readFindingsJson(json: string): ReadFindings {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, message: 'it is not JSON' };
  }
  try {
    const { format, ...fields } = anObject(value, '');
    oneOf([FINDINGS_FORMAT])(format, 'format');
    return { ok: true, report: REPORT(fields, '') };
  } catch (error) {
    if (!(error instanceof ShapeFault)) throw error;
    return { ok: false, message: `${error.at === '' ? 'it' : error.at} ${error.message}` };
  }
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

const EXCEPTION = objectOf<ExceptionResult>({
  id: text,
  status: oneOf(['USED', 'UNUSED', 'EXPIRED', 'PROPOSED']),
  reason: text,
  expires: text,
  place: objectOf<Place>({
    side: oneOf(['BASE', 'HEAD']),
    path: text,
    startLine: wholeNumber(0),
    endLine: wholeNumber(0),
  }),
  pairs: wholeNumber(0),
});

const COUNT = wholeNumber(0);

const REPORT = objectOf<FindingsReport>({
  engineVersion: text,
  input: objectOf<ReviewedState>({ name: text, digest: text }),
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
  caveats: listOf(objectOf<Caveat>({ code: oneOf(CAVEAT_CODES), message: text })),
});
