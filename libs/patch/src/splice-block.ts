import { isScalar, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { endOfLine, endOfLineBefore, lineBreakAt, startOfLine } from './lines.js';
import { NotEditable } from './not-editable.js';
import type { Splice } from './splice.js';
import { columnAt, dashOf, endOf, isNothing, itemsOf, startOf, valueOf } from './yaml-nodes.js';
import { blockLines, type ValueStyle } from './write-value.js';

/** Puts lines behind the last one of a list or a map, and the comment beside it. @throws NotEditable */
export function insertBehind(
  text: string,
  end: number,
  lines: readonly string[],
  column: number,
): Splice {
  const line = lineBreakAt(text, end);
  // The text of a block scalar ends with its line break.
  if (isAtLineStart(text, end))
    return { from: end, to: end, text: lines.map((one) => one + line).join(''), column };
  const at = endOfLine(text, end);
  if (!/^\s*(?:\s#.*)?$/.test(text.slice(end, at)))
    throw new NotEditable('is written in a way that is not edited');
  return { from: at, to: at, text: lines.map((one) => line + one).join(''), column };
}

/** Puts a value behind the last element of a list with dashes. @throws NotEditable */
export function appendItem(text: string, list: YAMLSeq, entry: string | readonly string[]): Splice {
  const last = itemsOf(list).at(-1);
  if (last === undefined) throw new NotEditable('is written in a way that is not edited');
  const dash = dashOf(list, list.items.length - 1);
  const column = columnAt(text, dash);
  const [first = '', ...rest] = typeof entry === 'string' ? [entry] : entry;
  const lines = [`${' '.repeat(column)}- ${first.trimStart()}`, ...rest];
  const end = !isScalar(last) || !isNothing(last) ? endOf(last) : dash + 1;
  return insertBehind(text, end, lines, column);
}

/** Lines of an element of such a list. */
export function itemLines(
  text: string,
  list: YAMLSeq,
  value: unknown,
  style: ValueStyle,
): string[] {
  return blockLines(value, columnAt(text, dashOf(list, 0)) + 2, style);
}

/** Takes an element of such a list, with its lines. Comments above it and below it stay. @throws NotEditable */
export function removeItem(text: string, list: YAMLSeq, index: number): Splice {
  const item = itemsOf(list)[index];
  const dash = dashOf(list, index);
  if (item === undefined) throw new NotEditable('is not there');
  return removeLines(text, dash, Math.max(dash + 1, endOf(item)));
}

/** Takes a key of a map with its lines. @throws NotEditable */
export function removePair(text: string, map: YAMLMap, pair: Pair): Splice {
  if (map.items.length === 1) throw new NotEditable('would be empty');
  return removeLines(text, startOf(pair), endOf(pair));
}

/** The line break before goes rather than the one behind, which a file may not have. */
function removeLines(text: string, from: number, end: number): Splice {
  const before = endOfLineBefore(text, from);
  if (before === null || text.slice(startOfLine(text, from), from).trim() !== '')
    throw new NotEditable('is written in a way that is not edited');
  if (isAtLineStart(text, end))
    return { from: startOfLine(text, from), to: end, text: '', column: 0 };
  const to = endOfLine(text, end);
  if (!/^\s*(?:\s#.*)?$/.test(text.slice(end, to)))
    throw new NotEditable('is written in a way that is not edited');
  return { from: before, to, text: '', column: 0 };
}

function isAtLineStart(text: string, at: number): boolean {
  return at > 0 && text[at - 1] === '\n';
}

/** The values of a map's keys that are written. */
export function valuesOf(map: YAMLMap): NonNullable<ReturnType<typeof valueOf>>[] {
  return map.items.flatMap((pair) => valueOf(pair) ?? []);
}
