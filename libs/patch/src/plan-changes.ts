import type { FixEdit } from '@portolan/model';
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { isWithin, type Place, type PlacedChange } from './change.js';
import { joinOf } from './join-of.js';
import { NotEditable } from './not-editable.js';
import { isSame } from './plain.js';
import { checkAllOwn, checkOwn, isNothing, keyOf, pairOf, rangeOf, valueOf } from './yaml-nodes.js';

/** What a path leads to: the container, and the value if there is one. */
interface Found {
  /** That has the container as its value; null = the container is the object, or in a list. */
  readonly owner: Pair | null;
  readonly parent: YAMLMap | YAMLSeq;
  readonly pair: Pair | null;
  readonly node: Node | null;
}

/**
 * The changes that the edits of a fix ask for, as few as possible: what is there already stays as it is written.
 * @throws NotEditable where the text is not what the edits are about.
 */
export function planChanges(
  object: YAMLMap,
  edits: readonly FixEdit[],
  text: string,
): PlacedChange[] {
  const joined = joinOf(object, edits, text);
  if (joined !== null) return joined;
  const removed: Place[] = [];
  return edits.flatMap((edit) => {
    // Positions behind it are others from then on.
    if (removed.some((place) => isWithin(edit.path, place)))
      throw new NotEditable('is changed again after something was removed');
    if (edit.op === 'remove') removed.push(edit.path.slice(0, -1));
    return placed(object, edit, text);
  });
}

function placed(object: YAMLMap, edit: FixEdit, text: string): PlacedChange[] {
  const { path } = edit;
  const found = find(object, path);
  const { parent, pair, node } = found;
  switch (edit.op) {
    case 'set':
      if (node !== null) return difference(pair, node, edit.value, path);
      return [added(parent, path, edit.value)];
    case 'remove':
      if (node === null) throw missing(path);
      return [removal(found, path, node)];
    case 'quote': {
      if (node === null || !isScalar(node)) throw missing(path);
      if (node.type !== 'PLAIN' || isNothing(node)) throw new NotEditable('is no plain value');
      const source = text.slice(...rangeOf(node));
      return [{ change: { op: 'quote', node, source }, claims: [path] }];
    }
  }
}

/** @throws NotEditable when a path leads through nothing, or through what is shared with others. */
function find(object: YAMLMap, path: Place): Found {
  let found: Found = { owner: null, parent: object, pair: null, node: object };
  for (const [depth, key] of path.entries()) {
    const { node } = found;
    if (node === null || !(isMap(node) || isSeq(node))) throw missing(path.slice(0, depth));
    checkOwn(node);
    if (isMap(node)) {
      const pair = typeof key === 'string' ? pairOf(node, key) : undefined;
      const value = pair === undefined ? null : valueOf(pair);
      if (pair !== undefined && value === null) throw missing(path);
      found = { owner: found.pair, parent: node, pair: pair ?? null, node: value };
    } else {
      const item: unknown = typeof key === 'number' ? node.items[key] : undefined;
      found = {
        owner: found.pair,
        parent: node,
        pair: null,
        node: (item as Node | undefined) ?? null,
      };
    }
  }
  if (found.node !== null) checkOwn(found.node);
  return found;
}

function missing(path: Place): NotEditable {
  return new NotEditable(`has nothing at ${path.join('.')}`);
}

function added(parent: YAMLMap | YAMLSeq, path: Place, value: unknown): PlacedChange {
  const key = path.at(-1);
  if (isMap(parent) && typeof key === 'string')
    return { change: { op: 'addKey', map: parent, key, value }, claims: [path] };
  if (isSeq(parent) && key === parent.items.length)
    return { change: { op: 'append', list: parent, value }, claims: [path, tailOf(path)] };
  throw missing(path);
}

/** The end of a list, which is moved by what is appended and by what is removed there. */
function tailOf(path: Place): Place {
  return [...path.slice(0, -1), '#', 'tail'];
}

function removal({ owner, parent, pair }: Found, path: Place, node: Node): PlacedChange {
  checkAllOwn(node);
  if (isMap(parent) && pair !== null)
    return { change: { op: 'removeKey', map: parent, pair }, claims: [path] };
  const index = path.at(-1);
  if (!isSeq(parent) || owner === null || typeof index !== 'number') throw missing(path);
  const isLast = index === parent.items.length - 1;
  const claims = isLast ? [path, tailOf(path)] : [path];
  return { change: { op: 'removeItem', pair: owner, list: parent, index }, claims };
}

/** What makes a value of another one. */
function difference(pair: Pair | null, node: Node, value: unknown, path: Place): PlacedChange[] {
  checkOwn(node);
  if (isSame(node, value)) return [];
  if (isMap(node) && typeof value === 'object' && value !== null && !Array.isArray(value))
    return differenceOfMaps(pair, node, value as Record<string, unknown>, path);
  if (isSeq(node) && Array.isArray(value) && node.items.length > 0) {
    const list = value as unknown[];
    const items = node.items as Node[];
    if (items.length <= list.length && items.every((item, i) => isSame(item, list[i])))
      return list.slice(items.length).map((one) => added(node, [...path, items.length], one));
    if (items.length === list.length)
      return items.flatMap((item, i) => difference(null, item, list[i], [...path, i]));
  }
  return [replacement(pair, node, value, path)];
}

function replacement(pair: Pair | null, node: Node, value: unknown, path: Place): PlacedChange {
  checkAllOwn(node);
  return { change: { op: 'replace', pair, node, value }, claims: [path] };
}

/** A key in place of another one keeps its place, and comments beside it. */
function differenceOfMaps(
  pair: Pair | null,
  map: YAMLMap,
  value: Record<string, unknown>,
  path: Place,
): PlacedChange[] {
  const names = Object.keys(value);
  const pairs = map.items;
  const nameOf = (one: Pair): string => String(keyOf(one).value);
  if (pairs.length === 0 || names.length === 0) return [replacement(pair, map, value, path)];
  const kept = pairs.filter((one) => Object.hasOwn(value, nameOf(one)));
  const gone = pairs.filter((one) => !kept.includes(one));
  const fresh = names.filter((name) => pairOf(map, name) === undefined);
  const valueAt = (one: Pair): Node => {
    const node = valueOf(one);
    if (node === null) throw missing([...path, nameOf(one)]);
    return node;
  };
  const renamed = gone.slice(0, fresh.length);
  return [
    ...kept.flatMap((one) =>
      difference(one, valueAt(one), value[nameOf(one)], [...path, nameOf(one)]),
    ),
    ...renamed.flatMap((one, i) => {
      const name = fresh[i] ?? '';
      checkOwn(keyOf(one));
      const at = [...path, nameOf(one)];
      return [
        { change: { op: 'rename', key: keyOf(one), name } as const, claims: [at, [...path, name]] },
        ...difference(one, valueAt(one), value[name], at),
      ];
    }),
    ...gone.slice(fresh.length).map((one): PlacedChange => {
      checkAllOwn(valueAt(one));
      return { change: { op: 'removeKey', map, pair: one }, claims: [[...path, nameOf(one)]] };
    }),
    ...fresh.slice(gone.length).map((name) => added(map, [...path, name], value[name])),
  ];
}
