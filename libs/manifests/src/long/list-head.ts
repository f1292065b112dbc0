import { type ListedObject, flattenLists, isListKind } from '../documents/flatten-lists.js';
import type { ReadDocument } from '../documents/read-result.js';
import { isMap } from '../validate/shape.js';

/** What a list says of its elements. */
export interface ListHead {
  readonly apiVersion: string | null;
  readonly kind: string;
}

/** What stands for the head of a list that says what it is behind its elements: nothing is said of them. */
export const UNKNOWN_HEAD: ListHead = { apiVersion: null, kind: 'List' };

/** What a list says of its elements; null when a document is no list. */
export function headOf({ root: { value } }: ReadDocument): ListHead | null {
  if (!isMap(value) || !isListKind(value.kind)) return null;
  const { apiVersion, kind } = value;
  return { apiVersion: typeof apiVersion === 'string' ? apiVersion : null, kind };
}

/** The same of a document of which more is to come; undefined while it has not said all. */
export function headSoFar(document: ReadDocument): ListHead | null | undefined {
  const { value } = document.root;
  if (!isMap(value)) return null;
  const head = headOf(document);
  if (head === null) return value.kind === undefined ? undefined : null;
  return value.apiVersion === undefined ? undefined : head;
}

/** Whether all elements say themselves what they are. */
export function saysAll(list: ReadDocument): boolean {
  return flattenLists(list).every(isTold);
}

function isTold({ place: { value }, implied }: ListedObject): boolean {
  return (
    implied !== null ||
    !isMap(value) ||
    ((value.apiVersion ?? null) !== null && (value.kind ?? null) !== null)
  );
}
