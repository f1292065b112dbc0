import { cutKey } from '../documents/cut-key.js';
import { CHAR, INDICATORS, stepAside } from './characters.js';
import { resolvePlainScalar, type Scalar } from './resolve-scalar.js';

/** Moves over text line by line. Blank and comment lines are passed over. */
export class LineScanner {
  /** Of the current line: its number, its first character that is no space, and its end. */
  line: number;
  pos = 0;
  end = 0;
  /** Offset of the beginning of the current line. */
  start = 0;
  /** Column of the first character that is no space; -1 after the last line. */
  indent = -1;
  /** The last line that was used. */
  lastLine: number;
  /** Whether a comment line was passed over on the way to the current line. */
  sawComment = false;

  constructor(
    readonly text: string,
    line: number,
  ) {
    this.line = line;
    this.lastLine = line;
  }

  get isAtEnd(): boolean {
    return this.indent < 0;
  }

  /** Goes to the next line with content. */
  nextLine(): void {
    this.lineFrom(this.end + 1, this.line + 1);
  }

  /** Goes to the first line with content from the beginning of a line. */
  lineFrom(at: number, line: number): void {
    const { text } = this;
    this.sawComment = false;
    for (;;) {
      let i = at;
      while (text.charCodeAt(i) === CHAR.space) i++;
      const code = text.charCodeAt(i);
      if (i >= text.length) {
        this.indent = -1;
        return;
      }
      if (code === CHAR.newline) {
        at = i + 1;
      } else if (code === CHAR.hash) {
        this.sawComment = true;
        at = this.lineEnd(i) + 1;
      } else {
        if (code === CHAR.tab || (i === at && this.isMarker(i))) stepAside();
        this.start = at;
        this.pos = i;
        this.indent = i - at;
        this.line = line;
        this.end = this.lineEnd(i);
        return;
      }
      line++;
    }
  }

  /** Whether a list element begins here. */
  isDash(at: number): boolean {
    return this.text.charCodeAt(at) === CHAR.dash && this.isSpaceOrEnd(at + 1);
  }

  isSpaceOrEnd(at: number): boolean {
    return at >= this.end || this.text.charCodeAt(at) === CHAR.space;
  }

  /** Passes over spaces. False when nothing but a comment follows on the line. */
  hasContent(): boolean {
    while (this.pos < this.end && this.text.charCodeAt(this.pos) === CHAR.space) this.pos++;
    if (this.pos >= this.end) return false;
    const code = this.text.charCodeAt(this.pos);
    if (code === CHAR.tab) stepAside();
    return code !== CHAR.hash;
  }

  /** The colon behind a key that begins here; -1 when this is no key. */
  keyEnd(): number {
    const { text, pos, end } = this;
    const first = text.charCodeAt(pos);
    if (first === CHAR.doubleQuote || first === CHAR.quote) return this.#quotedKeyEnd(first);
    if (INDICATORS.has(first)) return -1;
    if (!this.isPlainStart(pos)) stepAside();
    for (let i = pos; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === CHAR.colon && this.isSpaceOrEnd(i + 1)) {
        return text.charCodeAt(i - 1) === CHAR.space ? stepAside() : i;
      }
      if (code === CHAR.hash && text.charCodeAt(i - 1) === CHAR.space) return -1;
      if (code === CHAR.tab) stepAside();
    }
    return -1;
  }

  #quotedKeyEnd(quote: number): number {
    const { text, end } = this;
    let i = this.pos + 1;
    for (; i < end && text.charCodeAt(i) !== quote; i++) {
      if (text.charCodeAt(i) === CHAR.backslash && quote === CHAR.doubleQuote) i++;
    }
    // A text that goes on in the next line is no key, whatever that begins with.
    if (i >= end) return -1;
    const after = i + 1;
    if (text.charCodeAt(after) === CHAR.colon && this.isSpaceOrEnd(after + 1)) return after;
    // A colon further on may make it a key all the same.
    return this.isRestBlank(after) ? -1 : text.charCodeAt(after) === quote ? -1 : stepAside();
  }

  /** The key in front of a colon, as text or as what it means. */
  keyText(colon: number): Scalar {
    const first = this.text.charCodeAt(this.pos);
    if (first === CHAR.doubleQuote || first === CHAR.quote) {
      const body = this.text.slice(this.pos + 1, colon - 1);
      return body.includes('\\') || body.includes("'") ? stepAside() : body;
    }
    return resolvePlainScalar(cutKey(this.text, this.pos, colon));
  }

  /** Whether a plain scalar may begin with the character here. */
  isPlainStart(at: number): boolean {
    const code = this.text.charCodeAt(at);
    const mayBeIndicator = code === CHAR.dash || code === CHAR.question || code === CHAR.colon;
    return !INDICATORS.has(code) && !(mayBeIndicator && this.isSpaceOrEnd(at + 1));
  }

  /** Whether nothing but spaces and a comment follows on the line. */
  isRestBlank(at: number): boolean {
    let i = at;
    while (i < this.end && this.text.charCodeAt(i) === CHAR.space) i++;
    return i >= this.end || (i > at && this.text.charCodeAt(i) === CHAR.hash);
  }

  /** `---` or `...` at the beginning of a line. */
  isMarker(at: number): boolean {
    const code = this.text.charCodeAt(at);
    if (code !== CHAR.dash && code !== CHAR.dot) return false;
    return MARKER.test(this.text.slice(at, at + 4));
  }

  /** The end of the line that holds an offset. */
  lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end;
  }
}

const MARKER = /^(?:---|\.\.\.)(?:[ \t\n]|$)/;
