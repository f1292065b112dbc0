import type { Problem, SkippedKind } from '@portolan/model';
import { toSourceLocationModel } from '../locations/source-location.mapper.js';
import { newModel } from '../schema/new-model.js';
import { InputItemModel, SkippedKindModel } from './input-item.model.js';

/** From a Problem to the type of the API. */
export function toInputItemModel(problem: Problem): InputItemModel {
  const { location, outcome, code, severity, message, kind, object, field } = problem;
  return newModel(InputItemModel, {
    location: toSourceLocationModel(location),
    outcome,
    code,
    severity,
    reason: message,
    kind,
    object,
    field,
  });
}

/** From a count of the upload to the type of the API. */
export function toSkippedKindModel({ group, kind, count }: SkippedKind): SkippedKindModel {
  return newModel(SkippedKindModel, { group, kind, count });
}
