import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import type { Change } from './change.js';
import { lineBreakAt, mayHaveComment } from './lines.js';
import { NotEditable } from './not-editable.js';
import { addToFlow, removeFromFlow } from './splice-flow.js';
import {
  appendItem,
  insertBehind,
  itemLines,
  removeItem,
  removePair,
  valuesOf,
} from './splice-block.js';
import { spliceJoin } from './splice-join.js';
import type { Splice } from './splice.js';
import {
  colonEnd,
  columnAt,
  type Container,
  endOf,
  isFlow,
  isNothing,
  itemsOf,
  rangeOf,
  startOf,
} from './yaml-nodes.js';
import {
  blockLines,
  entryText,
  flowText,
  isFull,
  keyLines,
  type Quotes,
  scalarText,
  type ValueStyle,
} from './write-value.js';

/** How changes are written into a text. @throws NotEditable */
export function splicesOf(text: string, changes: readonly Change[], style: ValueStyle): Splice[] {
  const removals = new Map<Container, Removal>();
  const splices = changes.flatMap((change): Splice[] => {
    switch (change.op) {
      case 'replace':
        return replaced(text, change, style);
      case 'rename':
        return [scalarIn(change.key, scalarText(change.name, style, quotesOf(change.key)))];
      case 'quote':
        return [scalarIn(change.node, JSON.stringify(change.source))];
      case 'addKey':
        return keyAdded(text, change, style);
      case 'append':
        return itemAdded(text, change, style);
      case 'join':
        return [spliceJoin(change.list, change.first, text)];
      case 'removeKey':
        note(removals, change.map, change.pair, change.map.items.indexOf(change.pair));
        return [];
      case 'removeItem':
        note(removals, change.list, change.pair, change.index);
        return [];
    }
  });
  return [...splices, ...Array.from(removals, (one) => removed(text, ...one)).flat()];
}

interface Removal {
  readonly pair: Pair;
  readonly indexes: Set<number>;
}

function note(
  removals: Map<Container, Removal>,
  container: Container,
  pair: Pair,
  index: number,
): void {
  const known = removals.get(container);
  if (known === undefined) removals.set(container, { pair, indexes: new Set([index]) });
  else known.indexes.add(index);
}

function removed(text: string, container: Container, { pair, indexes }: Removal): Splice[] {
  const isWhole = indexes.size === container.items.length;
  if (isFlow(container)) {
    if (!isWhole) return removeFromFlow(text, container, (index) => indexes.has(index));
    const [from, to] = rangeOf(container);
    const [first, last] = [itemsOf(container)[0], itemsOf(container).at(-1)];
    const edges =
      first === undefined || last === undefined
        ? text.slice(from, to)
        : text.slice(from, startOf(first)) + text.slice(endOf(last), to);
    if (mayHaveComment(edges)) throw new NotEditable('has comments that would be lost');
    return [{ from: from + 1, to: to - 1, text: '', column: 0 }];
  }
  if (isMap(container))
    return container.items
      .filter((_, index) => indexes.has(index))
      .map((one) => removePair(text, container, one));
  const lines = Array.from(indexes, (index) => removeItem(text, container, index));
  // A key with nothing behind it would be no list any more.
  const at = colonEnd(pair);
  return isWhole ? [{ from: at, to: at, text: ' []', column: 0 }, ...lines] : lines;
}

function scalarIn(node: Scalar, text: string): Splice {
  if (node.type !== 'PLAIN' && node.type !== 'QUOTE_SINGLE' && node.type !== 'QUOTE_DOUBLE')
    throw new NotEditable('is a text of several lines');
  const [from, to] = rangeOf(node);
  return { from, to, text, column: 0 };
}

function quotesOf(node: Node | undefined): Quotes {
  if (!isScalar(node)) return 'none';
  if (node.type === 'QUOTE_SINGLE') return 'single';
  return node.type === 'QUOTE_DOUBLE' ? 'double' : 'none';
}

function replaced(
  text: string,
  { pair, node, value }: Change & { op: 'replace' },
  style: ValueStyle,
): Splice[] {
  if (isNothing(node)) {
    if (pair === null) throw new NotEditable('has nothing there');
    const at = colonEnd(pair);
    return [{ from: at, to: at, text: ` ${flowText(value, style)}`, column: 0 }];
  }
  if (isScalar(node)) return [scalarIn(node, flowText(value, style, quotesOf(node)))];
  const [from] = rangeOf(node);
  const to = endOf(node);
  if (mayHaveComment(text.slice(from, to)))
    throw new NotEditable('has comments that would be lost');
  if (isCollection(node) && isFlow(node))
    return [{ from, to, text: flowText(value, style), column: 0 }];
  if (isFull(value)) {
    const lines = blockLines(value, columnAt(text, from), style);
    return [{ from, to, text: lines.join(lineBreakAt(text, from)).trimStart(), column: 0 }];
  }
  if (pair === null || mayHaveComment(text.slice(colonEnd(pair), from)))
    throw new NotEditable('has comments that would be lost');
  return [{ from: colonEnd(pair), to, text: ` ${flowText(value, style)}`, column: 0 }];
}

function keyAdded(
  text: string,
  { map, key, value }: Change & { op: 'addKey' },
  style: ValueStyle,
): Splice[] {
  const siblings = valuesOf(map);
  if (isFlow(map)) return addToFlow(text, map, entryText(key, value, style));
  const [first] = itemsOf(map);
  if (first === undefined) throw new NotEditable('is written in a way that is not edited');
  const column = columnAt(text, startOf(first));
  const isInLine = !isFull(value) || isWrittenInLine(value, siblings);
  const lines = isInLine
    ? [' '.repeat(column) + entryText(key, value, style)]
    : keyLines(key, value, column, style);
  return [insertBehind(text, endOf(map), lines, column)];
}

/** As the values beside it are; else lists of scalars in one line, and all others in lines. */
function isWrittenInLine(value: object, siblings: readonly Node[]): boolean {
  const isOfScalars = Array.isArray(value) && !value.some((one) => typeof one === 'object');
  const alike = siblings.filter(
    (node): node is Node & Container =>
      (isOfScalars ? isSeq(node) : isCollection(node)) && (node as Container).items.length > 0,
  );
  return alike.length > 0 ? alike.every(isFlow) : isOfScalars;
}

function itemAdded(
  text: string,
  { list, value }: Change & { op: 'append' },
  style: ValueStyle,
): Splice[] {
  const siblings = list.items as Node[];
  const inLine = flowText(value, style, quotesOf(siblings.at(-1)));
  if (isFlow(list)) return addToFlow(text, list, inLine);
  return [
    appendItem(
      text,
      list,
      !isFull(value) || isWrittenInLine(value, siblings)
        ? inLine
        : itemLines(text, list, value, style),
    ),
  ];
}
