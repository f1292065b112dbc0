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
import { STEP_ASIDE, stepAside } from './characters.js';
import { jsonKey } from './resolve-scalar.js';
import { ValueCount } from '../documents/value-count.js';
import { partOf, type Wanted } from '../documents/wanted-fields.js';

/** Control characters and line breaks that the reference reader has rules for. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNUSUAL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/;
const START_MARKER = /^---[ ]*(?:#[^\n]*)?(?:\n|$)/;

/** How far a document is read. */
export interface FastOptions {
  /** Leave out values that the analysis does not need. Their syntax is checked all the same. */
  readonly onlyWanted: boolean;
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
  if (UNUSUAL.test(text)) return null;
  const reader = new FastReader(text, firstLine, limits, options.onlyWanted, null);
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

  constructor(
    private readonly text: string,
    firstLine: number,
    private readonly limits: ReadLimits,
    private readonly onlyWanted: boolean,
    private readonly lines: LineMap | null,
  ) {
    this.#scanner = new BlockScanner(text, firstLine, limits);
    this.#count = new ValueCount(limits);
    this.#openKeys = new OpenKeys(limits);
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
    const reader = new FastReader(this.text, line, this.limits, this.onlyWanted, lines);
    const value = reader.valueAt(offset, column, line);
    return (path) => lines.nearest(value, path, line);
  }

  /** A map or list that begins at the scanner's position. `isObject`: a Kubernetes object, or a list of such. */
  #block(column: number, depth: number, wanted: Wanted | null, isObject: boolean): unknown {
    if (depth >= this.limits.maxDepth) stepAside();
    if (wanted !== null) this.#count.value(this.#scanner.pos);
    return this.#scanner.isDash(this.#scanner.pos)
      ? this.#list(column, depth + 1, wanted, isObject)
      : this.#map(column, depth + 1, wanted, isObject);
  }

  #map(column: number, depth: number, wanted: Wanted | null, isObject: boolean): unknown {
    const scanner = this.#scanner;
    const map: Record<string, unknown> | undefined = wanted === null ? undefined : {};
    this.#openKeys.open(depth);
    let kind: string | null = null;
    do {
      const { line, pos } = scanner;
      const key = this.#key();
      if (!this.#openKeys.add(depth, key, pos)) stepAside();
      const part = partOf(wanted, key, isObject && this.onlyWanted ? { kind } : null);
      const isObjectList = isObject && key === 'items' && part !== null;
      const value = this.#value(column, depth, part, isObjectList);
      if (map !== undefined && part !== null) {
        map[key] = value;
        this.lines?.record(map, key, line);
      }
      if (key === 'kind' && typeof value === 'string') kind = value;
      if (scanner.indent > column) stepAside();
    } while (scanner.indent === column);
    this.#openKeys.close(depth);
    return map;
  }

  #key(): string {
    const scanner = this.#scanner;
    if (scanner.isDash(scanner.pos)) stepAside();
    const colon = scanner.keyEnd();
    if (colon < 0) stepAside();
    const key = jsonKey(scanner.keyText(colon));
    if (key === null || key === '<<' || key === '__proto__') return stepAside();
    scanner.lastLine = scanner.line;
    scanner.pos = colon + 1;
    return key;
  }

  /** What stands behind the colon of a key in this column. */
  #value(column: number, depth: number, wanted: Wanted | null, isObject: boolean): unknown {
    const scanner = this.#scanner;
    if (scanner.hasContent()) return this.#scalar(column, wanted);
    scanner.nextLine();
    const { indent, pos } = scanner;
    // A list may stand as far left as the key that it belongs to.
    const isNested = indent > column || (indent === column && scanner.isDash(pos));
    return isNested ? this.#block(indent, depth, wanted, isObject) : null;
  }

  #scalar(column: number, wanted: Wanted | null): unknown {
    if (wanted !== null) this.#count.value(this.#scanner.pos);
    return this.#scanner.scalar(column, wanted !== null);
  }

  #list(column: number, depth: number, wanted: Wanted | null, isObject: boolean): unknown {
    const scanner = this.#scanner;
    const list: unknown[] | undefined = wanted === null ? undefined : [];
    scanner.lastLine = scanner.line;
    do {
      scanner.pos++;
      const isInline = scanner.hasContent();
      if (!isInline) scanner.nextLine();
      const isEmpty = !isInline && scanner.indent <= column;
      if (list !== undefined && isEmpty) this.#count.value(scanner.pos);
      if (list !== undefined && !isEmpty) this.lines?.record(list, list.length, scanner.line);
      const value = isEmpty ? null : this.#element(column, depth, wanted, isObject, isInline);
      list?.push(value);
      if (scanner.indent > column) stepAside();
    } while (scanner.indent === column && scanner.isDash(scanner.pos));
    return list;
  }

  #element(
    column: number,
    depth: number,
    wanted: Wanted | null,
    isObject: boolean,
    isInline: boolean,
  ): unknown {
    const scanner = this.#scanner;
    const isBlock = !isInline || scanner.isDash(scanner.pos) || scanner.keyEnd() >= 0;
    const read = isBlock
      ? (): unknown => this.#block(scanner.pos - scanner.start, depth, wanted, isObject)
      : (): unknown => this.#scalar(column, wanted);
    if (!isObject) return read();
    const outer = this.#count.beginObject(scanner.pos);
    const item = this.#placed(read, isBlock);
    this.#count.endObject(outer);
    if (typeof item.value === 'object' && item.value !== null) this.#items.set(item.value, item);
    return item.value;
  }
}
