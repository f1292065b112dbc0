import { isMap } from '../validate/shape.js';
import type { PlacedValue, ReadDocument } from './read-result.js';

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
  const { value } = object.place;
  if (!isMap(value) || !isListKind(value.kind) || !Array.isArray(value.items)) {
    objects.push(object);
    return;
  }
  const kind = value.kind.slice(0, -LIST_SUFFIX.length);
  const implied = kind === '' ? null : { apiVersion: value.apiVersion, kind };
  for (const item of value.items as unknown[]) {
    const place = isMap(item) ? document.items.get(item) : undefined;
    collect({ place: place ?? { ...object.place, value: item }, implied }, document, objects);
  }
}

function isListKind(kind: unknown): kind is string {
  return typeof kind === 'string' && kind.endsWith(LIST_SUFFIX);
}
