import type { InvariantCounterexample, ReviewedInvariant } from '@portolan/report';
import { toTrafficSetModel } from '../../objects/traffic-set.mapper.js';
import { newModel } from '../../schema/new-model.js';
import { toCause, toPlace } from '../change-review.mapper.js';
import {
  InvariantCounterexampleModel,
  ReviewedInvariantModel,
} from './reviewed-invariant.model.js';

/** An invariant of a report. */
export function toReviewedInvariantModel(row: ReviewedInvariant): ReviewedInvariantModel {
  return newModel(ReviewedInvariantModel, {
    name: row.name,
    description: row.description,
    severity: row.severity,
    kind: row.kind,
    assertion: row.assertion,
    standing: row.standing,
    status: row.status,
    previousStatus: row.previousStatus,
    isNewlyBroken: row.isNewlyBroken,
    acceptedBy: row.acceptedBy,
    counterexamples: row.counterexamples.map(toCounterexample),
    counterexampleCount: row.counterexampleCount,
    isCountComplete: row.isCountComplete,
    unmatched: row.unmatched,
    place: toPlace(row.place),
  });
}

function toCounterexample({
  kind,
  from,
  to,
  traffic,
  directions,
  causes,
}: InvariantCounterexample): InvariantCounterexampleModel {
  return newModel(InvariantCounterexampleModel, {
    kind,
    from,
    to,
    traffic: toTrafficSetModel(traffic),
    directions,
    causes: causes.map(toCause),
  });
}
