import { isMap } from 'yaml';
import { endOfLine, lineBreakAt, mayHaveComment, startOfLine } from './lines.js';
import { NotEditable } from './not-editable.js';
import type { Splice } from './splice.js';
import { type Container, endOf, itemsOf, rangeOf, startOf } from './yaml-nodes.js';

/** Puts an entry behind the last one of a list or a map in brackets or braces. @throws NotEditable */
export function addToFlow(text: string, node: Container, entry: string): Splice[] {
  const [open, end] = rangeOf(node);
  const close = end - 1;
  const last = itemsOf(node).at(-1);
  if (last === undefined) {
    if (text.slice(open + 1, close).trim() !== '')
      throw new NotEditable('has comments that would be lost');
    const isPadded = isMap(node) && !entry.startsWith('"');
    return [splice(open + 1, close, isPadded ? ` ${entry} ` : entry)];
  }
  const at = endOf(last);
  const [comma] = /^(?:\s|#[^\n]*(?:\n|$))*,/.exec(text.slice(at, close)) ?? [];
  const behind = at + (comma?.length ?? 0);
  const start = startOf(last);
  const indent = text.slice(startOfLine(text, start), start);
  const hasOwnLine = indent.trim() === '' && text.slice(open, start).includes('\n');
  if (!hasOwnLine) return [splice(behind, behind, `${comma === undefined ? ',' : ''} ${entry}`)];
  const line = lineBreakAt(text, start) + indent + entry;
  const commas = comma === undefined ? [splice(at, at, ',')] : [];
  const lineEnd = endOfLine(text, behind);
  const to = lineEnd > close ? behind : lineEnd;
  return [...commas, splice(to, to, line)];
}

/** Takes some of the items of such a list or map, not all. @throws NotEditable */
export function removeFromFlow(
  text: string,
  node: Container,
  isGone: (index: number) => boolean,
): Splice[] {
  const items = itemsOf(node);
  const lastKept = items.findLastIndex((_, i) => !isGone(i));
  const kept = items[lastKept];
  const final = items.at(-1);
  if (kept === undefined || final === undefined) throw new NotEditable('would be empty');
  const gaps = items.slice(1).map((item, i) => text.slice(endOf(items[i] ?? item), startOf(item)));
  const splices = items.slice(0, lastKept).flatMap((item, i) => {
    const next = items[i + 1];
    return isGone(i) && next !== undefined ? [splice(startOf(item), startOf(next), '')] : [];
  });
  const tail = lastKept < items.length - 1 ? [splice(endOf(kept), endOf(final), '')] : [];
  if (gaps.some((gap, i) => (isGone(i) || isGone(i + 1)) && mayHaveComment(gap)))
    throw new NotEditable('has comments that would be lost');
  return [...splices, ...tail];
}

function splice(from: number, to: number, text: string): Splice {
  return { from, to, text, column: 0 };
}
