import { type Fields, isMap } from '../validate/shape.js';
import type { Locator, PlacedValue, ReadDocument } from './read-result.js';

/** An element of a list, or a document that is none. */
export interface ListedObject {
  readonly place: PlacedValue;
  /** Fields that the list states for its elements, where they leave them out (`PodList` of the API). */
  readonly implied: { readonly apiVersion: unknown; readonly kind: string } | null;
}

const LIST_SUFFIX = 'List';

/** The objects of a document: itself, or what it lists, at any depth. */
export function flattenLists(document: ReadDocument): ListedObject[] {
  const objects: ListedObject[] = [];
  collect({ place: document.root, implied: null }, document, objects);
  return objects;
}

function collect(object: ListedObject, document: ReadDocument, objects: ListedObject[]): void {
  const { place } = object;
  const items = itemsOf(place.value);
  if (items === null) {
    objects.push(object);
    return;
  }
  const { apiVersion, kind } = place.value as ListFields;
  const own = kind.slice(0, -LIST_SUFFIX.length);
  const implied = own === '' ? null : { apiVersion, kind: own };
  let locator: Locator | null = null;
  for (const [i, value] of items.entries()) {
    const known = isMap(value) ? document.items.get(value) : undefined;
    if (known !== undefined) {
      collect({ place: known, implied }, document, objects);
      continue;
    }
    // No object: its line is looked up in the list.
    const line = (locator ??= place.locate())(['items', i]);
    const found = { ...place, value, firstLine: line, lastLine: line };
    collect({ place: found, implied }, document, objects);
  }
}

interface ListFields {
  readonly apiVersion: unknown;
  readonly kind: string;
}

/** Null when a value is no list. A list without items is empty, as kubectl reads it. */
function itemsOf(value: unknown): unknown[] | null {
  if (!isMap(value) || !isListKind(value.kind)) return null;
  if (Array.isArray(value.items)) return value.items as unknown[];
  const isEmpty = value.items === null || (value.kind === LIST_SUFFIX && value.items === undefined);
  return isEmpty ? [] : null;
}

/** Whether an object is meant as a list, and its items are none: whatever they were is not read. */
export function isBrokenList(object: Fields): boolean {
  return isListKind(object.kind) && object.items !== undefined && itemsOf(object) === null;
}

export function isListKind(kind: unknown): kind is string {
  return typeof kind === 'string' && kind.endsWith(LIST_SUFFIX);
}
