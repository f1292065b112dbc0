import {
  CHOMPING_MODE,
  type ChompingMode,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarStyle,
} from 'js-yaml';
import { checkTextLength, type ReadLimits } from '../documents/read-result.js';
import {
  CHAR,
  HEX_DIGITS,
  INDICATORS,
  PLAIN_STOPS,
  SIMPLE_ESCAPES,
  stepAside,
} from './characters.js';
import { LineScanner } from './line-scanner.js';
import { resolvePlainScalar, type Scalar } from './resolve-scalar.js';

/**
 * Moves over text line by line and scalar by scalar. Scalars are only delimited here; what they say is decoded by js-yaml
 * and `resolvePlainScalar`, as in the reference reader.
 */
export class BlockScanner extends LineScanner {
  constructor(
    text: string,
    codes: Uint8Array,
    line: number,
    private readonly limits: ReadLimits,
  ) {
    super(text, codes, line);
  }

  /**
   * Reads the scalar that begins here, and goes to the line after it. `column` is that of the map or list it belongs to:
   * lines of the scalar are indented deeper. Undefined when it is not to be kept.
   */
  scalar(column: number, isKept: boolean): unknown {
    const first = this.codes[this.pos]!;
    switch (first) {
      case CHAR.doubleQuote:
      case CHAR.quote:
        return this.#quoted(first, column, isKept);
      case CHAR.bar:
      case CHAR.greater:
        return this.#blockScalar(column, isKept);
      default:
        return INDICATORS[first] === 1 ? this.#emptyFlow() : this.#plain(column, isKept);
    }
  }

  /** `{}` and `[]`; other flow collections are left to the reference reader. */
  #emptyFlow(): unknown {
    const pair = this.text.slice(this.pos, this.pos + 2);
    if ((pair !== '{}' && pair !== '[]') || !this.isRestBlank(this.pos + 2)) stepAside();
    this.lastLine = this.line;
    this.nextLine();
    return pair === '{}' ? {} : [];
  }

  #plain(column: number, isKept: boolean): Scalar | undefined {
    const { pos, line } = this;
    if (!this.isPlainStart(pos)) stepAside();
    let valueEnd = this.#plainEnd(pos);
    let hasComment = valueEnd < 0;
    if (hasComment) valueEnd = -valueEnd;
    let isFolded = false;
    this.lastLine = this.line;
    this.nextLine();
    while (this.indent > column) {
      if (hasComment || this.sawComment) stepAside();
      isFolded = true;
      valueEnd = this.#plainEnd(this.pos);
      hasComment = valueEnd < 0;
      if (hasComment) stepAside();
      this.lastLine = this.line;
      this.nextLine();
    }
    if (!isKept) return undefined;
    this.#checkLength(pos, valueEnd, line);
    return resolvePlainScalar(
      isFolded ? this.#decoded(SCALAR_STYLE.PLAIN, pos, valueEnd) : this.text.slice(pos, valueEnd),
    );
  }

  /** The end of plain text on this line; negative when a comment follows. */
  #plainEnd(from: number): number {
    const { codes } = this;
    let i = from;
    for (; ; i++) {
      const code = codes[i]!;
      if (PLAIN_STOPS[code] === 0) continue;
      if (code === CHAR.newline) break;
      if (code === CHAR.tab || (code === CHAR.colon && this.isSpaceOrEnd(i + 1))) stepAside();
      if (code === CHAR.hash && codes[i - 1] === CHAR.space) break;
    }
    this.end = this.lineEnd(i);
    let last = i;
    while (last > from && codes[last - 1] === CHAR.space) last--;
    return i === this.end ? last : -last;
  }

  #quoted(quote: number, column: number, isKept: boolean): string | undefined {
    const { codes, line } = this;
    const { length } = this.text;
    const start = this.pos + 1;
    let isSimple = true;
    let i = start;
    for (;;) {
      const code = codes[i];
      if (code === quote) {
        if (quote === CHAR.doubleQuote || codes[i + 1] !== CHAR.quote) break;
        isSimple = false;
        i += 2;
      } else if (code === CHAR.newline) {
        if (i >= length) stepAside();
        isSimple = false;
        i = this.#continuation(i, column);
      } else if (code === CHAR.backslash && quote === CHAR.doubleQuote) {
        isSimple = false;
        i = this.#escape(i + 1, column);
      } else {
        i++;
      }
    }
    if (!this.isRestBlank(i + 1)) stepAside();
    this.lastLine = this.line;
    this.nextLine();
    if (!isKept) return undefined;
    this.#checkLength(start, i, line);
    if (isSimple) return this.text.slice(start, i);
    const style = quote === CHAR.quote ? SCALAR_STYLE.SINGLE_QUOTED : SCALAR_STYLE.DOUBLE_QUOTED;
    return this.#decoded(style, start, i);
  }

  /** The text of the next line of a quoted scalar; `at` is the end of a line. */
  #continuation(at: number, column: number): number {
    const { codes } = this;
    const { length } = this.text;
    let i = at;
    let lineStart = at;
    while (i < length && codes[i] === CHAR.newline) {
      this.line++;
      lineStart = ++i;
      while (codes[i] === CHAR.space) i++;
    }
    if (i >= length || codes[i] === CHAR.tab || i - lineStart <= column) stepAside();
    return i;
  }

  /** What follows an escape sequence; `at` is behind the backslash. */
  #escape(at: number, column: number): number {
    const code = this.codes[at]!;
    if (code === CHAR.newline) return this.#continuation(at, column);
    if (SIMPLE_ESCAPES[code] === 1) return at + 1;
    const digits = HEX_DIGITS.get(code) ?? stepAside();
    const hex = this.text.slice(at + 1, at + 1 + digits);
    return hex.length === digits && /^[0-9a-fA-F]+$/.test(hex) ? at + 1 + digits : stepAside();
  }

  #blockScalar(column: number, isKept: boolean): string | undefined {
    const { text } = this;
    const isLiteral = this.codes[this.pos] === CHAR.bar;
    this.end = this.lineEnd(this.pos);
    const header = /^[|>](?:([-+]?)([1-9]?)|([1-9])([-+])) *$/.exec(text.slice(this.pos, this.end));
    if (header === null) return stepAside();
    const digit = Number(header[2] ?? header[3] ?? 0);
    const extent = this.#blockExtent(column, digit);
    const start = Math.min(this.end + 1, text.length);
    if (isKept) this.#checkLength(start, extent.end, this.line);
    const style = isLiteral ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
    const chomping = CHOMPING.get(header[1] ?? header[4] ?? '') ?? CHOMPING_MODE.CLIP;
    const value = isKept
      ? this.#decoded(style, start, extent.end, chomping, extent.indent)
      : undefined;
    this.lastLine = extent.lastLine;
    this.lineFrom(extent.next, extent.line);
    return value;
  }

  /** How far a block scalar reaches. `column` is that of its map or list, `digit` its indentation indicator or 0. */
  #blockExtent(
    column: number,
    digit: number,
  ): { indent: number; end: number; next: number; line: number; lastLine: number } {
    const { codes } = this;
    const { length } = this.text;
    let indent = digit === 0 ? -1 : column + digit;
    let at = Math.min(this.end + 1, length);
    let line = this.line + 1;
    let lastLine = this.line;
    let deepestBlank = 0;
    while (at < length) {
      let i = at;
      while (codes[i] === CHAR.space) i++;
      if (i >= length || (i === at && this.isMarker(i))) stepAside();
      const code = codes[i];
      if (code === CHAR.newline) {
        if (indent < 0) deepestBlank = Math.max(deepestBlank, i - at);
      } else {
        const width = i - at;
        if (indent < 0) {
          if (code === CHAR.tab) stepAside();
          if (width <= column) break;
          if (width < deepestBlank) stepAside();
          indent = width;
        }
        if (width < indent) break;
        if (code !== CHAR.tab || !this.#isBlankLine(i)) lastLine = line;
      }
      at = Math.min(this.lineEnd(i) + 1, length);
      line++;
    }
    return { indent, end: at, next: at, line, lastLine };
  }

  #isBlankLine(at: number): boolean {
    let i = at;
    while (this.codes[i] === CHAR.space || this.codes[i] === CHAR.tab) i++;
    return this.codes[i] === CHAR.newline;
  }

  #checkLength(start: number, end: number, line: number): void {
    // It is told with the line that it begins on.
    if (end - start > this.limits.maxTextLength) this.line = line;
    checkTextLength(start, end, this.limits);
  }

  #decoded(
    style: ScalarStyle,
    valueStart: number,
    valueEnd: number,
    chomping: ChompingMode = CHOMPING_MODE.CLIP,
    indent = -1,
  ): string {
    return getScalarValue(this.text, {
      type: EVENT_ID.SCALAR,
      valueStart,
      valueEnd,
      anchorStart: -1,
      anchorEnd: -1,
      tagStart: -1,
      tagEnd: -1,
      style,
      chomping,
      indent,
      fast: false,
    });
  }
}

const CHOMPING: ReadonlyMap<string, ChompingMode> = new Map<string, ChompingMode>([
  ['-', CHOMPING_MODE.STRIP],
  ['+', CHOMPING_MODE.KEEP],
]);
