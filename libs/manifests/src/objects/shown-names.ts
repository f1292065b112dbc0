import type { ListedObject } from '../documents/flatten-lists.js';
import { type GroupKind, parseApiVersion } from '../kinds.js';
import { type Fields, isMap } from '../validate/shape.js';

/** API groups, kinds and names are 253 characters long at most; a longer one is shown up to here. */
const SHOWN_NAME = 317;

/** Null when an object does not say what it is. */
export function groupKindOf(object: Fields, implied: ListedObject['implied']): GroupKind | null {
  const apiVersion = object.apiVersion ?? implied?.apiVersion;
  const kind = object.kind ?? implied?.kind;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return null;
  if (apiVersion === '' || kind === '') return null;
  return { ...parseApiVersion(shown(apiVersion)), kind: shown(kind) };
}

function shown(text: string): string {
  return text.length <= SHOWN_NAME ? text : `${text.slice(0, SHOWN_NAME)}…`;
}

/** A kind with its group, as problems name it. */
export function kindName({ group, kind }: Pick<GroupKind, 'group' | 'kind'>): string {
  return group === '' ? kind : `${group}/${kind}`;
}

/** An object as problems name it; null when it has no name. */
export function objectName(object: Fields): string | null {
  const { name, namespace } = isMap(object.metadata) ? object.metadata : {};
  if (typeof name !== 'string') return null;
  return typeof namespace === 'string' ? `${shown(namespace)}/${shown(name)}` : shown(name);
}
