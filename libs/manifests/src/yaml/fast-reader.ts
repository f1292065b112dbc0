import { cutKey } from '../documents/cut-key.js';
import { LineMap } from '../documents/line-map.js';
import { OpenKeys } from '../documents/open-keys.js';
import {
  type Locator,
  type PlacedValue,
  type ReadDocument,
  type ReadLimits,
  type ReadResult,
  UnreadableText,
} from '../documents/read-result.js';
import { BlockScanner } from './block-scanner.js';
import { codesOf, STEP_ASIDE, stepAside } from './characters.js';
import { KnownBlocks } from './known-blocks.js';
import { PassedBlocks } from './passed-blocks.js';
import { repeatedBlocksFor, type RepeatedBlocks } from './repeated-blocks.js';
import { ValueCount } from '../documents/value-count.js';
import { partOf, partOfObject, type Wanted } from '../documents/wanted-fields.js';

/** Control characters and line breaks that the reference reader has rules for. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNUSUAL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/;
const START_MARKER = /^---[ ]*(?:#[^\n]*)?(?:\n|$)/;

/** How far a document is read. */
export interface FastOptions {
  /** Leave out values that the analysis does not need. Their syntax is checked all the same. */
  readonly onlyWanted: boolean;
  /** The text as bytes, when it is nothing but printable ASCII, tabs and newlines, and ends with one. Null = not known. */
  readonly plainBytes: Uint8Array | null;
}

/**
 * Reads one YAML document of the form that machines write: block maps and lists, plain and quoted text, block scalars.
 * It gives exactly what the reference reader gives, or null: then the reference reader must read the text. All of the text
 * is looked at, what is not kept included, so nothing wrong is passed over. See docs/manifests.md.
 */
export function readYamlFast(
  text: string,
  firstLine: number,
  limits: ReadLimits,
  options: FastOptions,
): ReadResult | null {
  const { onlyWanted, plainBytes } = options;
  if (plainBytes === null && UNUSUAL.test(text)) return null;
  const codes = plainBytes ?? codesOf(text);
  const repeated = plainBytes === null ? null : repeatedBlocksFor(text, limits);
  const reader = new FastReader(text, codes, firstLine, limits, onlyWanted, null, repeated);
  try {
    return { documents: [reader.document()], failures: [] };
  } catch (reason) {
    if (reason === STEP_ASIDE) return null;
    if (!(reason instanceof UnreadableText)) throw reason;
    const { code, message } = reason;
    return { documents: [], failures: [{ code, message, line: reader.line }] };
  }
}

class FastReader {
  readonly #scanner: BlockScanner;
  readonly #items = new Map<object, PlacedValue>();
  readonly #count: ValueCount;
  readonly #openKeys: OpenKeys;
  readonly #passed: PassedBlocks;
  readonly #known: KnownBlocks | null;

  constructor(
    private readonly text: string,
    private readonly codes: Uint8Array,
    firstLine: number,
    private readonly limits: ReadLimits,
    private readonly onlyWanted: boolean,
    private readonly lines: LineMap | null,
    repeated: RepeatedBlocks | null,
  ) {
    this.#scanner = new BlockScanner(text, codes, firstLine, limits);
    this.#count = new ValueCount(limits);
    this.#openKeys = new OpenKeys(text, limits);
    this.#known =
      repeated === null
        ? null
        : new KnownBlocks(repeated, this.#scanner, this.#openKeys, this.#count);
    this.#passed = new PassedBlocks(this.#scanner, this.#openKeys, limits.maxDepth, this.#known);
  }

  /** Of the text that is being read. */
  get line(): number {
    return this.#scanner.line;
  }

  document(): ReadDocument {
    const scanner = this.#scanner;
    const marker = START_MARKER.exec(this.text);
    if (marker === null) scanner.lineFrom(0, scanner.line);
    else scanner.lineFrom(marker[0].length, scanner.line + 1);
    // js-yaml has rules of its own for a document that does not begin at the margin.
    if (scanner.indent !== 0) return stepAside();
    const root = this.#placed(() => this.#block(scanner.indent, 0, true, true), true);
    if (!scanner.isAtEnd) stepAside();
    return { root, items: this.#items };
  }

  /** Reads one value at a known place again, with lines. */
  valueAt(offset: number, column: number, line: number): unknown {
    const scanner = this.#scanner;
    scanner.lineFrom(offset - column, line);
    scanner.pos = offset;
    return this.#block(column, 0, true, true);
  }

  #placed(read: () => unknown, isBlock: boolean): PlacedValue {
    const scanner = this.#scanner;
    const { line: firstLine, pos } = scanner;
    const column = pos - scanner.start;
    const value = read();
    const locate = (): Locator =>
      isBlock ? this.#locator(pos, column, firstLine) : () => firstLine;
    return { value, firstLine, lastLine: scanner.lastLine, locate };
  }

  #locator(offset: number, column: number, line: number): Locator {
    const lines = new LineMap();
    const reader = new FastReader(
      this.text,
      this.codes,
      line,
      this.limits,
      this.onlyWanted,
      lines,
      null,
    );
    const value = reader.valueAt(offset, column, line);
    return (path) => lines.nearest(value, path, line);
  }

  /** A map or list that begins at the scanner's position. `isObject`: a Kubernetes object, or a list of such. */
  #block(column: number, depth: number, wanted: Wanted, isObject: boolean): unknown {
    if (depth >= this.limits.maxDepth) stepAside();
    this.#count.value(this.#scanner.pos);
    return this.#scanner.isDash(this.#scanner.pos)
      ? this.#list(column, depth + 1, wanted, isObject)
      : this.#map(column, depth + 1, wanted, isObject);
  }

  #map(column: number, depth: number, wanted: Wanted, isObject: boolean): unknown {
    const scanner = this.#scanner;
    const map: Record<string, unknown> = {};
    const hasKind = isObject && this.onlyWanted;
    this.#openKeys.open(depth);
    let kind: string | null = null;
    do {
      const { line } = scanner;
      const key = this.#key(depth);
      const part = hasKind ? partOfObject(kind, key) : partOf(wanted, key);
      if (part === null) {
        this.#passed.value(column, depth);
      } else {
        const value = this.#value(column, depth, part, isObject && key === 'items');
        map[key] = value;
        this.lines?.record(map, key, line);
        if (hasKind && key === 'kind' && typeof value === 'string') kind = value;
      }
      if (scanner.indent > column) stepAside();
    } while (scanner.indent === column);
    this.#openKeys.close(depth);
    return map;
  }

  #key(depth: number): string {
    const scanner = this.#scanner;
    const { pos } = scanner;
    const colon = scanner.mapKeyEnd();
    const isLiteral = scanner.isLiteralKey(colon);
    const key = isLiteral ? cutKey(this.text, pos, colon) : scanner.keyText(colon);
    const isNew = isLiteral
      ? this.#openKeys.add(depth, pos, colon)
      : this.#openKeys.addRead(depth, key, pos);
    if (!isNew) stepAside();
    scanner.passKey(colon);
    return key;
  }

  /** What stands behind the colon of a key in this column. */
  #value(column: number, depth: number, wanted: Wanted, isObject: boolean): unknown {
    const scanner = this.#scanner;
    const { pos: at, line } = scanner;
    if (scanner.hasContent()) return this.#scalar(column);
    const known = isObject ? null : this.#known;
    if (known === null) return this.#nested(column, depth, wanted, isObject);
    const use = { column, depth, wanted };
    const before = known.take(at, use);
    if (before !== null) return before.value;
    const { total } = this.#count;
    const value = this.#nested(column, depth, wanted, isObject);
    known.keep(at, line, use, value, this.#count.total - total);
    return value;
  }

  #nested(column: number, depth: number, wanted: Wanted, isObject: boolean): unknown {
    const scanner = this.#scanner;
    scanner.nextLine();
    const { indent, pos } = scanner;
    // A list may stand as far left as the key that it belongs to.
    const isNested = indent > column || (indent === column && scanner.isDash(pos));
    return isNested ? this.#block(indent, depth, wanted, isObject) : null;
  }

  #scalar(column: number): unknown {
    this.#count.value(this.#scanner.pos);
    return this.#scanner.scalar(column, true);
  }

  #list(column: number, depth: number, wanted: Wanted, isObject: boolean): unknown {
    const scanner = this.#scanner;
    const list: unknown[] = [];
    scanner.lastLine = scanner.line;
    do {
      scanner.pos++;
      const isInline = scanner.hasContent();
      if (!isInline) scanner.nextLine();
      if (!isInline && scanner.indent <= column) {
        this.#count.value(scanner.pos);
        list.push(null);
      } else {
        this.lines?.record(list, list.length, scanner.line);
        const isBlock = !isInline || scanner.isDash(scanner.pos) || scanner.keyEnd() >= 0;
        list.push(
          isObject
            ? this.#object(column, depth, isBlock)
            : this.#element(column, depth, wanted, isBlock),
        );
      }
      if (scanner.indent > column) stepAside();
    } while (scanner.indent === column && scanner.isDash(scanner.pos));
    return list;
  }

  #element(column: number, depth: number, wanted: Wanted, isBlock: boolean): unknown {
    return isBlock
      ? this.#block(this.#scanner.pos - this.#scanner.start, depth, wanted, false)
      : this.#scalar(column);
  }

  /** An element of a list of Kubernetes objects. */
  #object(column: number, depth: number, isBlock: boolean): unknown {
    const scanner = this.#scanner;
    const outer = this.#count.beginObject(scanner.pos);
    const item = this.#placed(
      () =>
        isBlock
          ? this.#block(scanner.pos - scanner.start, depth, true, true)
          : this.#scalar(column),
      isBlock,
    );
    this.#count.endObject(outer);
    if (typeof item.value === 'object' && item.value !== null) this.#items.set(item.value, item);
    return item.value;
  }
}
