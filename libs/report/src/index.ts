export {
  ACCESS_FORMATS,
  type AccessFormat,
  writeAllowedAccess,
} from './access/write-allowed-access.js';
export { type EnforcementFacts, snapshotCaveats } from './caveats/snapshot-caveats.js';
export {
  type ExpiredAnnotation,
  type FindingRow,
  type FindingsReport,
  type FindingStatus,
  type FindingSubject,
} from './findings/findings-report.js';
export { readFindingsJson } from './findings/read-findings-json.js';
export { FINDINGS_FORMATS, type FindingsFormat, writeFindings } from './findings/write-findings.js';
export { type Lines } from './formats/line-note.js';
export {
  type AccessRow,
  type Cause,
  type ExceptionResult,
  type ExceptionShare,
  type GateResult,
  type InvariantCounterexample,
  type InvariantStatus,
  type Place,
  type ReviewedFinding,
  type ReviewedInvariant,
  type ReviewedState,
  type ReviewReport,
  type RowEnd,
  type SeverityReason,
  type SeverityReasonCode,
  type SkippedInput,
  type UnprotectedRow,
  type Violation,
} from './review/review-report.js';
export { type Annotation, ANNOTATION_RULES, annotationsOf } from './review/annotations.js';
export { invariantText } from './review/report-text.js';
export { readReviewJson } from './review/read-review-json.js';
export {
  listOf,
  objectOf,
  oneOf,
  orNull,
  type Shape,
  ShapeFault,
  text,
  truth,
  wholeNumber,
} from './json/json-shape.js';
export { MARKDOWN_MAX_LENGTH, MARKDOWN_MIN_LENGTH, reviewMarker } from './review/markdown.js';
export { type Paint } from './text/paint.js';
export { REVIEW_FORMATS, type ReviewFormat, writeReview } from './review/write-review.js';
export { plainText } from './text/plain-text.js';
