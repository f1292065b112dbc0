import type { Severity } from '@portolan/model';
import {
  type AccessRow,
  type Annotation,
  ANNOTATION_RULES,
  annotationsOf,
  type Cause,
  reviewMarker,
  type GateResult,
  type Place,
  type ReviewReport,
  type RowEnd,
  type Violation,
} from '@portolan/report';
import type { ChangeReviewRow, ClusterRow } from '@portolan/store';
import type { JobModel } from '../jobs/job.model.js';
import { toTrafficSetModel } from '../objects/traffic-set.mapper.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { toGit } from '../snapshots/snapshot.mapper.js';
import { AnnotationModel } from './annotation.model.js';
import { ChangeReviewModel } from './change-review.model.js';
import { GateResultModel, GateViolationModel } from './gate-result.model.js';
import { ruleOfGate } from './gate-rules.js';
import type { AnnotationLevel } from './review.enums.js';
import { reviewUrl } from './review-answer.js';
import { conclusionOf, exitCodeOf } from './review-conclusion.js';
import { ReviewPlaceModel } from './review-place.model.js';
import {
  MAX_MEMBERS,
  MAX_ROW_CAUSES,
  ReviewedAccessModel,
  ReviewedCauseModel,
  ReviewedEndModel,
} from './reviewed-access.model.js';

/** From the store's row to the type of the API. */
export function toChangeReviewModel(
  row: ChangeReviewRow,
  job: JobModel,
  { slug }: Pick<ClusterRow, 'slug'>,
): ChangeReviewModel {
  const conclusion = conclusionOf(row);
  return newModel(ChangeReviewModel, {
    id: encodeGlobalId({ type: 'ChangeReview', uuid: row.id }),
    row,
    path: row.path,
    status: row.job.status,
    conclusion,
    exitCode: conclusion === null ? null : exitCodeOf(conclusion),
    job,
    error: job.error,
    git: row.git === null ? null : toGit(row.git),
    commentMarker: reviewMarker({ cluster: slug, path: row.path }),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    url: reviewUrl(row),
  });
}

/** A row of a report. */
export function toReviewedAccessModel(row: AccessRow): ReviewedAccessModel {
  return newModel(ReviewedAccessModel, {
    fingerprint: row.fingerprint,
    kind: row.kind,
    source: toEnd(row.source),
    destination: toEnd(row.destination),
    pairs: row.pairs,
    opened: toTrafficSetModel(row.opened),
    closed: toTrafficSetModel(row.closed),
    severity: row.severity,
    reasons: row.reasons.map(({ text }) => text),
    causes: row.causes.slice(0, MAX_ROW_CAUSES).map(toCause),
    exceptions: row.exceptions.map(({ id }) => id),
  });
}

function toEnd({ kind, text, members }: RowEnd): ReviewedEndModel {
  return newModel(ReviewedEndModel, {
    text,
    members: members.slice(0, MAX_MEMBERS),
    isExternal: kind === 'external',
  });
}

/** A cause of a row. */
export function toCause({ change, object, fields, rule, place }: Cause): ReviewedCauseModel {
  return newModel(ReviewedCauseModel, {
    change,
    object,
    fields,
    rule,
    place: place === null ? null : toPlace(place),
  });
}

/** A place in the files of a review. */
export function toPlace({ side, path, startLine, endLine }: Place): ReviewPlaceModel {
  return newModel(ReviewPlaceModel, { side, path, startLine, endLine });
}

/** A gate of a report. */
export function toGateResultModel(result: GateResult, warnOn: readonly string[]): GateResultModel {
  const { gate, status, violations } = result;
  const passed = status === 'HELD';
  return newModel(GateResultModel, {
    result,
    rule: ruleOfGate(gate),
    action: warnOn.includes(gate) ? 'WARN' : 'FAIL',
    passed,
    message: passed ? `${gate} holds` : `${gate} does not hold: ${violations.length} violations`,
  });
}

/** A violation of a report. */
export function toViolationModel({ text, place }: Violation): GateViolationModel {
  return newModel(GateViolationModel, { text, place: place === null ? null : toPlace(place) });
}

/** What a report says about lines, gravest first. */
export function toAnnotationModels(report: ReviewReport): AnnotationModel[] {
  return annotationsOf(report).map(toAnnotationModel);
}

function toAnnotationModel({
  rule,
  severity,
  message,
  place,
  fingerprint,
}: Annotation): AnnotationModel {
  const { path, startLine, endLine } = place;
  return newModel(AnnotationModel, {
    path,
    startLine,
    endLine,
    level: LEVEL_OF[severity],
    severity,
    rule,
    title: ANNOTATION_RULES[rule],
    message,
    fingerprint,
  });
}

const LEVEL_OF = {
  CRITICAL: 'FAILURE',
  HIGH: 'FAILURE',
  MEDIUM: 'WARNING',
  LOW: 'NOTICE',
  INFO: 'NOTICE',
} as const satisfies Record<Severity, AnnotationLevel>;
