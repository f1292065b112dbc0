import { cutKey } from '../documents/cut-key.js';
import { LineMap } from '../documents/line-map.js';
import { OpenKeys } from '../documents/open-keys.js';
import {
  checkTextLength,
  type Locator,
  type PlacedValue,
  type ReadDocument,
  type ReadFailure,
  type ReadLimits,
  setKey,
  UnreadableText,
} from '../documents/read-result.js';
import { ValueCount } from '../documents/value-count.js';
import { partOf, partOfObject, type Wanted } from '../documents/wanted-fields.js';
import { CHAR, JsonScanner } from './json-scanner.js';

/** A failure, and where the value begins and the reader stopped: offsets in the text. */
export interface JsonFailure extends ReadFailure {
  readonly start: number;
  readonly at: number;
}

/**
 * Reads JSON values that stand one after the other. After a failure it goes on at the next line that begins with `{`,
 * where the next value of a stream begins in all usual layouts. Of values that the analysis does not need only the syntax
 * is looked at. One value at a time is in memory.
 */
export function* readJson(
  text: string,
  firstLine: number,
  limits: ReadLimits,
): Generator<ReadDocument | JsonFailure> {
  const reader = new JsonReader(text, 0, firstLine, limits, null);
  while (!reader.isAtEnd()) {
    const start = reader.at;
    try {
      yield reader.document();
    } catch (error) {
      if (!(error instanceof UnreadableText)) throw error;
      const { line, at } = reader;
      yield { code: error.code, message: error.message, line, start, at };
      reader.skipToNextObject(start);
    }
  }
}

class JsonReader extends JsonScanner {
  #items = new Map<object, PlacedValue>();
  readonly #count: ValueCount;
  readonly #openKeys: OpenKeys;

  constructor(
    text: string,
    offset: number,
    line: number,
    private readonly limits: ReadLimits,
    private readonly lines: LineMap | null,
  ) {
    super(text, offset, line);
    this.#count = new ValueCount(limits);
    this.#openKeys = new OpenKeys(text, limits);
  }

  document(): ReadDocument {
    this.#items = new Map();
    this.#count.restart();
    this.#openKeys.restart();
    const root = this.#placed(0);
    return { root, items: this.#items };
  }

  /** An object, or a list of such. */
  #placed(depth: number): PlacedValue {
    this.skipSpace();
    const offset = this.at;
    const firstLine = this.line;
    const value = this.value(depth, true, true);
    const locate = (): Locator => this.#locatorFrom(offset, firstLine);
    return { value, firstLine, lastLine: this.line, locate };
  }

  /** Reads the value again, this time with lines. */
  #locatorFrom(offset: number, line: number): Locator {
    const lines = new LineMap();
    const value = new JsonReader(this.text, offset, line, this.limits, lines).value(0, true, true);
    return (path) => lines.nearest(value, path, line);
  }

  /** Undefined when the value is not wanted. */
  value(depth: number, wanted: Wanted | null, isObject: boolean): unknown {
    this.skipSpace();
    if (wanted !== null) this.#count.value(this.at);
    switch (this.text.charCodeAt(this.at)) {
      case CHAR.openBrace:
        return this.#object(depth + 1, wanted, isObject);
      case CHAR.openBracket:
        return this.#array(depth + 1, wanted, isObject);
      case CHAR.quote:
        return this.#string(wanted !== null);
      default:
        return this.literal();
    }
  }

  #object(depth: number, wanted: Wanted | null, isObject: boolean): object | undefined {
    this.#checkDepth(depth);
    const object: Record<string, unknown> | undefined = wanted === null ? undefined : {};
    let kind: string | null = null;
    this.at++;
    if (this.take(CHAR.closeBrace)) return object;
    this.#openKeys.open(depth);
    do {
      this.skipSpace();
      const { line } = this;
      const key = this.#key(depth);
      const part = isObject ? partOfObject(kind, key) : wanted && partOf(wanted, key);
      const value = this.value(depth, part, isObject && key === 'items' && part !== null);
      if (key === 'kind' && typeof value === 'string') kind = value;
      if (object === undefined || part === null) continue;
      setKey(object, key, value);
      this.lines?.record(object, key, line);
    } while (this.take(CHAR.comma));
    if (!this.take(CHAR.closeBrace)) this.fail("expected ',' or '}'");
    this.#openKeys.close(depth);
    return object;
  }

  #key(depth: number): string {
    const start = this.at;
    const isPlain = this.passString();
    const key = isPlain ? cutKey(this.text, start + 1, this.at - 1) : this.unescape(start);
    const isNew = isPlain
      ? this.#openKeys.add(depth, start + 1, this.at - 1)
      : this.#openKeys.addRead(depth, key, start);
    if (!isNew) this.fail('duplicated key');
    if (!this.take(CHAR.colon)) this.fail("expected ':'");
    return key;
  }

  #array(depth: number, wanted: Wanted | null, isObject: boolean): unknown[] | undefined {
    this.#checkDepth(depth);
    const array: unknown[] | undefined = wanted === null ? undefined : [];
    this.at++;
    if (this.take(CHAR.closeBracket)) return array;
    do {
      this.skipSpace();
      if (array !== undefined) this.lines?.record(array, array.length, this.line);
      const value = isObject ? this.#item(depth) : this.value(depth, wanted, false);
      array?.push(value);
    } while (this.take(CHAR.comma));
    if (!this.take(CHAR.closeBracket)) this.fail("expected ',' or ']'");
    return array;
  }

  #item(depth: number): unknown {
    const outer = this.#count.beginObject(this.at);
    const item = this.#placed(depth);
    this.#count.endObject(outer);
    if (typeof item.value === 'object' && item.value !== null) this.#items.set(item.value, item);
    return item.value;
  }

  #string(isKept: boolean): string | undefined {
    const start = this.at;
    const isPlain = this.passString();
    if (isKept) checkTextLength(start, this.at, this.limits);
    // Escapes are looked at in any case: they may be wrong.
    if (!isPlain) return this.unescape(start);
    return isKept ? this.text.slice(start + 1, this.at - 1) : undefined;
  }

  #checkDepth(depth: number): void {
    if (depth > this.limits.maxDepth) {
      throw new UnreadableText('TOO_LARGE', 'nested too deeply', this.at);
    }
  }
}
