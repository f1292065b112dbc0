import {
  ASSERTION_KINDS,
  type Caveat,
  CAVEAT_CODES,
  CONFIDENCES,
  DIRECTIONS,
  MAX_PORT,
  MIN_PORT,
  OFFENCE_KINDS,
  type PortRange,
  PROBLEM_CODES,
  PROTOCOLS,
  SEVERITIES,
} from '@portolan/model';
import { REVIEW_FORMAT } from './json.js';
import {
  anObject,
  listOf,
  objectOf,
  oneOf,
  orNull,
  ShapeFault,
  text,
  truth,
  wholeNumber,
} from './json-shape.js';
import {
  type AccessRow,
  type Cause,
  type ExceptionResult,
  type ExceptionShare,
  type GateResult,
  INVARIANT_STATUSES,
  type InvariantCounterexample,
  type Place,
  type ReviewedFinding,
  type ReviewedInvariant,
  type ReviewedState,
  type ReviewReport,
  type RowEnd,
  SEVERITY_REASONS,
  type SeverityReason,
  type SkippedInput,
  type UnprotectedRow,
  type Violation,
} from './review-report.js';

/** A report, or why the text is none. */
export type ReadReport =
  | { readonly ok: true; readonly report: ReviewReport }
  | { readonly ok: false; readonly message: string };

/** Reads what `writeReview` writes as json, strictly: a report that is not understood as a whole is no report. */
export function readReviewJson(json: string): ReadReport {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, message: 'it is not JSON' };
  }
  try {
    const { format, ...fields } = anObject(value, '');
    FORMAT(format, 'format');
    return { ok: true, report: REPORT(fields, '') };
  } catch (error) {
    if (!(error instanceof ShapeFault)) throw error;
    return { ok: false, message: `${error.at === '' ? 'it' : error.at} ${error.message}` };
  }
}

const PLACE = objectOf<Place>({
  side: oneOf(['BASE', 'HEAD']),
  path: text,
  startLine: wholeNumber(1),
  endLine: wholeNumber(1),
});

const CAUSE = objectOf<Cause>({
  change: oneOf(['ADDED', 'REMOVED', 'CHANGED']),
  object: text,
  fields: listOf(text),
  rule: orNull(text),
  place: orNull(PLACE),
});

const END = objectOf<RowEnd>({
  kind: oneOf(['workload', 'workloads', 'external']),
  text,
  members: listOf(text),
});

const REASON = objectOf<SeverityReason>({ code: oneOf(SEVERITY_REASONS), text });

const PORT = wholeNumber(MIN_PORT, MAX_PORT);
const TRAFFIC = listOf(objectOf<PortRange>({ protocol: oneOf(PROTOCOLS), from: PORT, to: PORT }));

const ROW = objectOf<AccessRow>({
  fingerprint: text,
  kind: oneOf(['OPENED', 'CLOSED', 'ALTERED']),
  source: END,
  destination: END,
  pairs: wholeNumber(1),
  opened: TRAFFIC,
  closed: TRAFFIC,
  severity: oneOf(SEVERITIES),
  reasons: listOf(REASON),
  causes: listOf(CAUSE),
  exceptions: listOf(objectOf<ExceptionShare>({ id: text, covers: oneOf(['ALL', 'PART']) })),
});

const UNPROTECTED = objectOf<UnprotectedRow>({
  fingerprint: text,
  workload: text,
  directions: listOf(oneOf(DIRECTIONS)),
  severity: oneOf(SEVERITIES),
  reasons: listOf(REASON),
  causes: listOf(CAUSE),
});

const FINDING = objectOf<ReviewedFinding>({
  fingerprint: text,
  rule: text,
  name: text,
  severity: oneOf(SEVERITIES),
  confidence: oneOf(CONFIDENCES),
  message: text,
  object: text,
  path: orNull(text),
  place: orNull(PLACE),
  fix: orNull(text),
  occurrences: wholeNumber(1),
  status: oneOf(['OPEN', 'ACCEPTED', 'PROPOSED']),
  why: orNull(text),
});

const COUNTEREXAMPLE = objectOf<InvariantCounterexample>({
  kind: oneOf(OFFENCE_KINDS),
  from: orNull(text),
  to: text,
  traffic: TRAFFIC,
  directions: listOf(oneOf(DIRECTIONS)),
  causes: listOf(CAUSE),
});

const INVARIANT = objectOf<ReviewedInvariant>({
  fingerprint: text,
  name: text,
  description: text,
  severity: oneOf(SEVERITIES),
  kind: oneOf(ASSERTION_KINDS),
  assertion: text,
  standing: oneOf(['IN_FORCE', 'REMOVED', 'PROPOSED']),
  status: oneOf(INVARIANT_STATUSES),
  previousStatus: oneOf(INVARIANT_STATUSES),
  isNewlyBroken: truth,
  acceptedBy: orNull(text),
  counterexamples: listOf(COUNTEREXAMPLE),
  counterexampleCount: wholeNumber(0),
  isCountComplete: truth,
  unmatched: listOf(text),
  place: PLACE,
});

const GATE = objectOf<GateResult>({
  gate: text,
  status: oneOf(['HELD', 'WARNED', 'FAILED']),
  violations: listOf(objectOf<Violation>({ text, place: orNull(PLACE) })),
});

const EXCEPTION = objectOf<ExceptionResult>({
  id: text,
  status: oneOf(['USED', 'UNUSED', 'EXPIRED', 'PROPOSED']),
  reason: text,
  expires: text,
  place: PLACE,
  pairs: wholeNumber(0),
});

const SKIPPED = objectOf<SkippedInput>({
  code: oneOf(PROBLEM_CODES),
  place: PLACE,
  object: orNull(text),
  message: text,
  isNew: truth,
});

const STATE = objectOf<ReviewedState>({ name: text, digest: text });

const FORMAT = oneOf([REVIEW_FORMAT]);
const REPORT = objectOf<ReviewReport>({
  engineVersion: text,
  cluster: text,
  path: text,
  base: STATE,
  head: STATE,
  verdict: oneOf(['PASSED', 'WARNED', 'FAILED']),
  summary: text,
  opened: listOf(ROW),
  altered: listOf(ROW),
  closed: listOf(ROW),
  newlyUnprotected: listOf(UNPROTECTED),
  newFindings: listOf(FINDING),
  fixedFindings: wholeNumber(0),
  invariants: listOf(INVARIANT),
  gates: listOf(GATE),
  exceptions: listOf(EXCEPTION),
  caveats: listOf(objectOf<Caveat>({ code: oneOf(CAVEAT_CODES), message: text })),
  skipped: listOf(SKIPPED),
  skippedOmitted: wholeNumber(0),
});
