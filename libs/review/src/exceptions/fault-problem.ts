import type { Problem } from '@portolan/model';
import type { ExceptionFault } from './strict-fields.js';

/** What is wrong with a file of exceptions, invariants or settings, as a problem of the input. */
export function faultProblem(
  { path, line, field, message }: ExceptionFault,
  of: 'exceptions' | 'invariants' | 'settings',
): Problem {
  return {
    code: 'INVALID_OBJECT',
    severity: 'ERROR',
    outcome: 'INVALID_OBJECT',
    location: { path, startLine: line, endLine: line, documentIndex: 0 },
    kind: null,
    object: null,
    field: field === '' ? null : field,
    message: `the file of ${of} is not understood: ${message}`,
  };
}
