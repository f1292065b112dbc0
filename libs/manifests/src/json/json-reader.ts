import { LineMap } from '../documents/line-map.js';
import {
  type Locator,
  MAX_KEPT_VALUES,
  type PlacedValue,
  type ReadDocument,
  type ReadFailure,
  type ReadLimits,
  type ReadResult,
  setKey,
  UnreadableText,
} from '../documents/read-result.js';
import { partOf, type Wanted } from '../documents/wanted-fields.js';

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const LITERALS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * Reads JSON values that stand one after the other. After a failure it goes on at the next line that begins with `{`,
 * where the next value of a stream begins in all usual layouts. Values that the analysis does not need are read, but not
 * kept.
 */
export function readJson(text: string, firstLine: number, limits: ReadLimits): ReadResult {
  const documents: ReadDocument[] = [];
  const failures: ReadFailure[] = [];
  const reader = new JsonReader(text, 0, firstLine, limits, null);
  while (!reader.isAtEnd()) {
    try {
      documents.push(reader.document());
    } catch (error) {
      if (!(error instanceof UnreadableText)) throw error;
      failures.push({ code: error.code, message: error.message, line: reader.line });
      reader.skipToNextObject();
    }
  }
  return { documents, failures };
}

class JsonReader {
  #at: number;
  #items = new Map<object, PlacedValue>();
  #kept = 0;
  line: number;

  constructor(
    private readonly text: string,
    offset: number,
    line: number,
    private readonly limits: ReadLimits,
    private readonly lines: LineMap | null,
  ) {
    this.#at = offset;
    this.line = line;
  }

  isAtEnd(): boolean {
    this.#skipSpace();
    return this.#at >= this.text.length;
  }

  skipToNextObject(): void {
    const next = this.text.indexOf('\n{', this.#at);
    const stop = next < 0 ? this.text.length : next;
    for (; this.#at < stop; this.#at++) this.#countLine();
  }

  document(): ReadDocument {
    this.#items = new Map();
    this.#kept = 0;
    const root = this.#placed(0);
    return { root, items: this.#items };
  }

  /** An object, or a list of such. */
  #placed(depth: number): PlacedValue {
    this.#skipSpace();
    const offset = this.#at;
    const firstLine = this.line;
    const value = this.value(depth, true, true);
    const locate = (): Locator => this.#locatorFrom(offset, firstLine);
    return { value, firstLine, lastLine: this.line, locate };
  }

  /** Reads the value again, this time with lines. */
  #locatorFrom(offset: number, line: number): Locator {
    const lines = new LineMap();
    const value = new JsonReader(this.text, offset, line, this.limits, lines).value(0, true, false);
    return (path) => lines.nearest(value, path, line);
  }

  value(depth: number, wanted: Wanted | null, isObject: boolean): unknown {
    this.#skipSpace();
    const first = this.text[this.#at];
    switch (first) {
      case '{':
        return this.#object(depth + 1, wanted, isObject);
      case '[':
        return this.#array(depth + 1, wanted, isObject);
      case '"':
        return this.#string();
      default:
        return this.#literal();
    }
  }

  #object(depth: number, wanted: Wanted | null, isObject: boolean): Record<string, unknown> {
    this.#checkSize(depth, wanted);
    const object: Record<string, unknown> = {};
    const keys = new Set<string>();
    let kind: string | null = null;
    this.#at++;
    if (this.#take('}')) return object;
    do {
      this.#skipSpace();
      const { line } = this;
      const key = this.#string();
      if (keys.has(key)) this.#fail('duplicated key');
      keys.add(key);
      if (!this.#take(':')) this.#fail("expected ':'");
      const part = partOf(wanted, key, isObject ? { kind } : null);
      const value = this.value(depth, part, isObject && key === 'items' && part !== null);
      if (key === 'kind' && typeof value === 'string') kind = value;
      if (part === null) continue;
      setKey(object, key, value);
      this.lines?.record(object, key, line);
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail("expected ',' or '}'");
    return object;
  }

  #array(depth: number, wanted: Wanted | null, isObject: boolean): unknown[] {
    this.#checkSize(depth, wanted);
    const array: unknown[] = [];
    this.#at++;
    if (this.#take(']')) return array;
    do {
      this.#skipSpace();
      this.lines?.record(array, array.length, this.line);
      const value = isObject ? this.#item(depth) : this.value(depth, wanted, false);
      if (wanted !== null) array.push(value);
    } while (this.#take(','));
    if (!this.#take(']')) this.#fail("expected ',' or ']'");
    return array;
  }

  #item(depth: number): unknown {
    const item = this.#placed(depth);
    if (typeof item.value === 'object' && item.value !== null) this.#items.set(item.value, item);
    return item.value;
  }

  #string(): string {
    const { text } = this;
    if (text[this.#at] !== '"') this.#fail('expected a string');
    const start = this.#at;
    let at = start + 1;
    let isPlain = true;
    for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(++at)) {
      if (code >= 0x20 && code !== BACKSLASH) continue;
      if (code !== BACKSLASH) this.#fail('a string is not closed');
      isPlain = false;
      at++;
      if (at >= text.length) this.#fail('a string is not closed');
    }
    this.#at = at + 1;
    return isPlain ? text.slice(start + 1, at) : this.#unescape(start);
  }

  #unescape(start: number): string {
    try {
      return JSON.parse(this.text.slice(start, this.#at)) as string;
    } catch {
      return this.#fail('a bad escape sequence');
    }
  }

  #literal(): number | boolean | null {
    for (const [word, value] of LITERALS) {
      if (this.text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.text);
    if (match === null) return this.#fail('expected a value');
    this.#at = NUMBER.lastIndex;
    return Number(match[0]);
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skipSpace(): void {
    const { text } = this;
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== NEWLINE && code !== 0x0d && code !== 0x09) return;
      this.#countLine();
    }
  }

  #countLine(): void {
    if (this.text.charCodeAt(this.#at) === NEWLINE) this.line++;
  }

  #checkSize(depth: number, wanted: Wanted | null): void {
    if (depth > this.limits.maxDepth) {
      throw new UnreadableText('TOO_LARGE', 'nested too deeply', this.#at);
    }
    if (wanted !== null && ++this.#kept > MAX_KEPT_VALUES) {
      throw new UnreadableText('TOO_LARGE', 'too many values in one document', this.#at);
    }
  }

  #fail(message: string): never {
    throw new UnreadableText('SYNTAX', message, this.#at);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
