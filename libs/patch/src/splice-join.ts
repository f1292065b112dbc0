import { isMap, type YAMLMap, type YAMLSeq } from 'yaml';
import { startOfLine } from './lines.js';
import { NotEditable } from './not-editable.js';
import type { Splice } from './splice.js';
import { columnAt, dashOf, endOf, isFlow, itemsOf, startOf } from './yaml-nodes.js';

/** Whether an element of a list and the next one can be joined by what stands between them alone. */
export function canJoin(list: YAMLSeq, first: number, text: string): boolean {
  try {
    spliceJoin(list, first, text);
    return true;
  } catch (error) {
    if (error instanceof NotEditable) return false;
    throw error;
  }
}

/** Joins two elements: takes the dash away, or the braces and the comma between them. @throws NotEditable */
export function spliceJoin(list: YAMLSeq, first: number, text: string): Splice {
  const [one, other] = [list.items[first], list.items[first + 1]];
  if (!isMap(one) || !isMap(other) || isFlow(one) !== isFlow(other)) throw unjoinable();
  return isFlow(one) ? joinFlow(list, one, other, text) : joinBlock(list, first, text);
}

function joinBlock(list: YAMLSeq, first: number, text: string): Splice {
  const [one, other] = [list.items[first], list.items[first + 1]] as [YAMLMap, YAMLMap];
  const dash = dashOf(list, first + 1);
  const isAligned = columnAt(text, beginOf(one)) === columnAt(text, beginOf(other));
  const isAlone = startOfLine(text, dash) === startOfLine(text, beginOf(other));
  if (!isAligned || !isAlone || !/^- +$/.test(text.slice(dash, beginOf(other)))) throw unjoinable();
  return { from: dash, to: dash + 1, text: ' ', column: 0 };
}

function joinFlow(list: YAMLSeq, one: YAMLMap, other: YAMLMap, text: string): Splice {
  const last = itemsOf(one).at(-1);
  if (last === undefined) throw unjoinable();
  const [from, to] = [endOf(last), beginOf(other)];
  const between = isFlow(list) ? /^\s*,?\s*\}\s*,\s*\{\s*$/ : /^\s*,?\s*\}\s*- +\{\s*$/;
  if (!between.test(text.slice(from, to))) throw unjoinable();
  return { from, to, text: ', ', column: 0 };
}

function beginOf(map: YAMLMap): number {
  const [first] = itemsOf(map);
  if (first === undefined) throw unjoinable();
  return startOf(first);
}

function unjoinable(): NotEditable {
  return new NotEditable('cannot be joined');
}
