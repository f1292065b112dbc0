import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { startOfLine } from './lines.js';
import { NotEditable } from './not-editable.js';

/** A list or a map. */
export type Container = YAMLMap | YAMLSeq;
/** What stands in one: an element of a list, or a key with its value. */
export type Item = Node | Pair;

/** From where to where a node is written, without what may follow it. */
export function rangeOf(node: Node): readonly [from: number, to: number] {
  const [from, to] = node.range ?? [];
  if (from === undefined || to === undefined) throw new NotEditable('has no place in the text');
  return [from, to];
}

/** Whether brackets or braces are around it. */
export function isFlow(node: Container): boolean {
  return node.flow === true;
}

/** Whether nothing is written where a value could be. */
export function isNothing(node: Node): node is Scalar {
  const [from, to] = rangeOf(node);
  return isScalar(node) && node.value === null && from === to;
}

/** The items of a container. */
export function itemsOf(container: Container): Item[] {
  return container.items.map((item) => {
    if (isPair(item) || isNode(item)) return item;
    throw new NotEditable('is written in a way that is not edited');
  });
}

/** Where an item begins. */
export function startOf(item: Item): number {
  return rangeOf(isPair(item) ? keyOf(item) : item)[0];
}

/** Where the last character of an item stands that is no comment, white space or comma. */
export function endOf(item: Item): number {
  if (isPair(item)) {
    const value = valueOf(item);
    return value === null || isNothing(value) ? colonEnd(item) : endOf(value);
  }
  const last = isCollection(item) && !isFlow(item) ? item.items.at(-1) : undefined;
  return isPair(last) || isNode(last) ? endOf(last) : rangeOf(item)[1];
}

/** The key of a pair as a scalar. */
export function keyOf({ key }: Pair): Scalar {
  if (isScalar(key)) return key;
  throw new NotEditable('has a key that is no text');
}

/** The value of a pair; null = there is none, not even an empty one. */
export function valueOf({ value }: Pair): Node | null {
  return isNode(value) ? value : null;
}

/** Behind the colon of a pair. */
export function colonEnd(pair: Pair): number {
  const colon = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  if (colon === undefined) throw new NotEditable('has a key without a colon');
  return colon.offset + 1;
}

/** Where the dash of an element of a block list stands. */
export function dashOf(list: YAMLSeq, index: number): number {
  const token = list.srcToken;
  const items = token?.type === 'block-seq' ? token.items : [];
  const dashes = items.flatMap(
    ({ start }) => start.find(({ type }) => type === 'seq-item-ind') ?? [],
  );
  const dash = dashes.length === list.items.length ? dashes[index] : undefined;
  if (dash === undefined) throw new NotEditable('is written in a way that is not edited');
  return dash.offset;
}

/** The column of a place of which nothing but blanks and dashes stands before it. */
export function columnAt(text: string, at: number): number {
  const before = text.slice(startOfLine(text, at), at);
  if (!/^\uFEFF? *(?:- +)*$/.test(before))
    throw new NotEditable('is written in a way that is not edited');
  return before.replace('\uFEFF', '').length;
}

/** The pair of a key; undefined when the map has none. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** What no fix goes through: what others refer to would change as well, or is written elsewhere. */
export function checkOwn(node: Node): void {
  if (isAlias(node)) throw new NotEditable(`is an alias: *${node.source}`);
  if (node.anchor !== undefined && node.anchor !== '')
    throw new NotEditable(`has the anchor &${node.anchor}: what refers to it would change as well`);
  if (isMap(node) && pairOf(node, '<<') !== undefined)
    throw new NotEditable('has a merge key (<<)');
}

/** The same for everything in a node that is to go. */
export function checkAllOwn(node: Node): void {
  visit(node, {
    Node: (_, one) => {
      if (isAlias(one) || isMap(one) || isSeq(one) || isScalar(one)) checkOwn(one);
    },
  });
}
