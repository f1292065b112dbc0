import type { InputOutcome, Problem, ProblemCode, ProblemSeverity } from '@portolan/model';
import type { Problem as ProblemRecord } from '../generated/client.js';
import { storedText, storedTextOrNull, TEXT_LIMITS } from '../stored-text.js';

/** A problem whose texts PostgreSQL can hold (see TEXT_LIMITS). */
export function storableProblem(problem: Problem): Problem {
  const { location, kind, object, field, message } = problem;
  return {
    ...problem,
    location: { ...location, path: storedText(location.path, TEXT_LIMITS.path) },
    kind: storedTextOrNull(kind, TEXT_LIMITS.kind),
    object: storedTextOrNull(object, TEXT_LIMITS.object),
    field: storedTextOrNull(field, TEXT_LIMITS.field),
    message: storedText(message, TEXT_LIMITS.message),
  };
}

/** From the table; only `saveSnapshot` writes it, so codes are codes. */
export function toProblem(record: ProblemRecord): Problem {
  const { path, startLine, endLine, documentIndex, kind, object, field, message } = record;
  return {
    code: record.code as ProblemCode,
    severity: record.severity as ProblemSeverity,
    outcome: record.outcome as InputOutcome,
    location: { path, startLine, endLine, documentIndex },
    kind,
    object,
    field,
    message,
  };
}
