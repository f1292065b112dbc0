import type { Problem } from '@portolan/model';
import { type Fields, isMap } from '../validate/shape.js';

/** Longest text that is shown of one. */
const SHOWN_TEXT = 500;

/**
 * What an `UnlistedKind` (`portolan/v1`) says: who made the upload could not list the objects of a kind, so that an empty
 * list of them means nothing. Its `spec` names `group`, `kind` and `reason`.
 */
export function readUnlistedKind({
  spec,
}: Fields): Pick<Problem, 'code' | 'outcome' | 'kind' | 'message'> {
  const said = isMap(spec) ? spec : {};
  const group = textOf(said.group);
  const kind = textOf(said.kind);
  const reason = textOf(said.reason);
  return {
    code: 'KIND_NOT_LISTED',
    outcome: 'NOT_LISTED',
    kind: kind === '' ? null : group === '' ? kind : `${group}/${kind}`,
    message: `could not be listed${reason === '' ? '' : ` (${reason})`}: whatever there is of this kind is missing`,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, SHOWN_TEXT) : '';
}
