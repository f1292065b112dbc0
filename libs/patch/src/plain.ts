import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { Change } from './change.js';
import { itemsOf, keyOf, valueOf } from './yaml-nodes.js';

/** What a node says, apart from how it is written. */
type Plain =
  | { kind: 'scalar'; text: string; anchor: string }
  | { kind: 'map'; entries: [key: Plain, value: Plain][]; anchor: string }
  | { kind: 'list'; items: Plain[]; anchor: string };

/** Whether a node says the same as plain data. */
export function isSame(node: Node, value: unknown): boolean {
  return canonical(new PlainTree(node).root) === canonical(plainValue(value));
}

/** What a document says, to be changed as its text is: what comes of the text has to say the same. */
export class PlainTree {
  readonly #byNode = new Map<Node, Plain>();
  readonly root: Plain;

  constructor(node: Node | null) {
    this.root = node === null ? plainValue(null) : this.#read(node);
  }

  /** One text for all that say the same. */
  text(): string {
    return canonical(this.root);
  }

  apply(change: Change): void {
    switch (change.op) {
      case 'replace':
        become(this.#at(change.node), plainValue(change.value));
        return;
      case 'rename':
        become(this.#at(change.key), plainValue(change.name));
        return;
      case 'quote':
        become(this.#at(change.node), plainValue(change.source));
        return;
      case 'addKey':
        this.#entries(change.map).push([plainValue(change.key), plainValue(change.value)]);
        return;
      case 'append':
        this.#items(change.list).push(plainValue(change.value));
        return;
      case 'removeKey': {
        const key = this.#at(keyOf(change.pair));
        remove(this.#entries(change.map), ([one]) => one === key);
        return;
      }
      case 'removeItem':
        this.#removeItem(change.list, change.index);
        return;
      case 'join': {
        const [first, second] = change.list.items.slice(change.first, change.first + 2) as Node[];
        if (first === undefined || second === undefined) return;
        this.#entries(first).push(...this.#entries(second));
        this.#removeItem(change.list, change.first + 1);
      }
    }
  }

  /** Positions are those before any change. */
  #removeItem(list: Node & { items: unknown[] }, index: number): void {
    const item = this.#at(list.items[index] as Node);
    remove(this.#items(list), (one) => one === item);
  }

  #at(node: Node): Plain {
    return this.#byNode.get(node) ?? plainValue(null);
  }

  #entries(node: Node): [Plain, Plain][] {
    const plain = this.#at(node);
    return plain.kind === 'map' ? plain.entries : [];
  }

  #items(node: Node): Plain[] {
    const plain = this.#at(node);
    return plain.kind === 'list' ? plain.items : [];
  }

  #read(node: Node): Plain {
    const plain = this.#plainOf(node);
    this.#byNode.set(node, plain);
    return plain;
  }

  #plainOf(node: Node): Plain {
    if (isAlias(node)) return { kind: 'scalar', text: `alias ${node.source}`, anchor: '' };
    const anchor = (isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined) ?? '';
    if (isMap(node)) {
      const entries = itemsOf(node).flatMap((pair) => (isPair(pair) ? [this.#entry(pair)] : []));
      return { kind: 'map', entries, anchor };
    }
    if (isSeq(node)) {
      const items = itemsOf(node).map((item) =>
        isPair(item)
          ? ({ kind: 'map', entries: [this.#entry(item)], anchor: '' } as const)
          : this.#read(item),
      );
      return { kind: 'list', items: items.map((one) => one as Plain), anchor };
    }
    return { ...scalar(isScalar(node) ? node.value : null), anchor };
  }

  #entry(pair: Pair): [Plain, Plain] {
    const value = valueOf(pair);
    return [this.#read(keyOf(pair)), value === null ? plainValue(null) : this.#read(value)];
  }
}

function become(plain: Plain, other: Plain): void {
  Object.assign(plain, other);
}

function remove<T>(list: T[], isGone: (one: T) => boolean): void {
  const at = list.findIndex(isGone);
  if (at >= 0) list.splice(at, 1);
}

function plainValue(value: unknown): Plain {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(plainValue), anchor: '' };
  if (typeof value !== 'object' || value === null) return scalar(value);
  const entries = Object.entries(value).map(([key, one]): [Plain, Plain] => [
    plainValue(key),
    plainValue(one),
  ]);
  return { kind: 'map', entries, anchor: '' };
}

function scalar(value: unknown): Plain & { kind: 'scalar' } {
  return { kind: 'scalar', text: `${typeof value} ${String(value)}`, anchor: '' };
}

/** Keys may stand in any order. */
function canonical(plain: Plain): string {
  switch (plain.kind) {
    case 'scalar':
      return JSON.stringify([plain.anchor, plain.text]);
    case 'list':
      return `[${JSON.stringify(plain.anchor)},[${plain.items.map(canonical).join()}]]`;
    case 'map': {
      const entries = plain.entries.map(([key, value]) => `${canonical(key)}:${canonical(value)}`);
      return `{${JSON.stringify(plain.anchor)},${entries.sort().join()}}`;
    }
  }
}
