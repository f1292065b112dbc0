import type { FixEdit } from '@portolan/model';
import { isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { isWithin, type Place, type PlacedChange } from './change.js';
import { mayHaveComment } from './lines.js';
import { NotEditable } from './not-editable.js';
import { isSame } from './plain.js';
import { canJoin } from './splice-join.js';
import { checkAllOwn, checkOwn, pairOf, rangeOf, valueOf } from './yaml-nodes.js';

/**
 * Where a fix writes all that an element of a list has into the one beside it, and removes it: the two are joined as they stand,
 * so that comments stay. Null = it does not, or they cannot be joined.
 * @throws NotEditable where they cannot, and comments would be lost.
 */
export function joinOf(
  object: YAMLMap,
  edits: readonly FixEdit[],
  text: string,
): PlacedChange[] | null {
  const last = edits.at(-1);
  const sets = edits.slice(0, -1);
  if (last?.op !== 'remove' || sets.length === 0) return null;
  const at = last.path.slice(0, -1);
  const from = last.path.at(-1);
  const to = sets[0]?.path[at.length];
  if (typeof from !== 'number' || typeof to !== 'number' || from === to) return null;
  const target = [...at, to];
  if (!sets.every(({ path }) => path.length === target.length + 1 && isWithin(path, target)))
    return null;
  const list = listAt(object, at);
  const [first, source] = [list?.items[to], list?.items[from]];
  if (list === null || !isMap(first) || !isMap(source)) return null;
  const isWhole =
    Math.abs(from - to) === 1 &&
    source.items.length === sets.length &&
    sets.every((set) => isSet(set, first, source));
  const start = Math.min(from, to);
  if (isWhole && canJoin(list, start, text)) {
    checkAllOwn(source);
    checkOwn(first);
    const ends = [start, start + 1].map((index): Place => [...at, index, '#', 'join']);
    return [{ change: { op: 'join', list, first: start }, claims: ends }];
  }
  if (mayHaveComment(text.slice(...rangeOf(source))))
    throw new NotEditable('has comments that would be lost');
  return null;
}

/** Whether an edit writes what one element has into the other, which has nothing of that name. */
function isSet(edit: FixEdit, target: YAMLMap, source: YAMLMap): boolean {
  const key = edit.path.at(-1);
  if (edit.op !== 'set' || typeof key !== 'string' || pairOf(target, key) !== undefined)
    return false;
  const pair = pairOf(source, key);
  const value = pair === undefined ? null : valueOf(pair);
  return value !== null && isSame(value, edit.value);
}

/** The list at a path; null where there is none. */
function listAt(object: YAMLMap, path: Place): YAMLSeq | null {
  let node: Node | null = object;
  for (const key of path) {
    if (node !== null) checkOwn(node);
    if (isMap(node) && typeof key === 'string') {
      const pair: Pair | undefined = pairOf(node, key);
      node = pair === undefined ? null : valueOf(pair);
    } else if (isSeq(node) && typeof key === 'number') {
      node = (node.items[key] as Node | undefined) ?? null;
    } else {
      return null;
    }
  }
  if (node !== null) checkOwn(node);
  return isSeq(node) ? node : null;
}
