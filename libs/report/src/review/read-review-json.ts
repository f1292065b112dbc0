import {
  ASSERTION_KINDS,
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
import { CAVEAT, EXCEPTION, PLACE, STATE } from '../json/common-shapes.js';
import { listOf, objectOf, oneOf, orNull, text, truth, wholeNumber } from '../json/json-shape.js';
import { type ReadJson, readReportJson } from '../json/read-report-json.js';
import { REVIEW_FORMAT } from './json.js';
import {
  type AccessRow,
  type Cause,
  type ExceptionShare,
  type GateResult,
  INVARIANT_STATUSES,
  type InvariantCounterexample,
  type ReviewedFinding,
  type ReviewedInvariant,
  type ReviewReport,
  type RowEnd,
  SEVERITY_REASONS,
  type SeverityReason,
  type SkippedInput,
  type UnprotectedRow,
  type Violation,
} from './review-report.js';

/** Reads what `writeReview` writes as json, strictly: a report that is not understood as a whole is no report. */
export function readReviewJson(json: string): ReadJson<ReviewReport> {
  return readReportJson(json, REVIEW_FORMAT, REPORT);
}

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

const SKIPPED = objectOf<SkippedInput>({
  code: oneOf(PROBLEM_CODES),
  place: PLACE,
  object: orNull(text),
  message: text,
  isNew: truth,
});

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
  caveats: listOf(CAVEAT),
  skipped: listOf(SKIPPED),
  skippedOmitted: wholeNumber(0),
});
