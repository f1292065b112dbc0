import { cutKey } from '../documents/cut-key.js';
import { CHAR, INDICATORS, KEY_STARTS, PLAIN_STOPS, stepAside } from './characters.js';
import {
  isWord,
  jsonKey,
  LONGEST_WORD,
  resolvePlainScalar,
  type Scalar,
} from './resolve-scalar.js';

/** Moves over text line by line. Blank and comment lines are passed over. */
export class LineScanner {
  /** Of the current line: its number, and its first character that is no space. */
  line: number;
  pos = 0;
  /** The end of the current line, as soon as somebody went there. */
  end = 0;
  /** Offset of the beginning of the current line. */
  start = 0;
  /** Column of the first character that is no space; -1 after the last line. */
  indent = -1;
  /** The last line that was used. */
  lastLine: number;
  /** Whether a comment line was passed over on the way to the current line. */
  sawComment = false;

  /** `codes` = those of the text (`codesOf`). */
  constructor(
    readonly text: string,
    readonly codes: Uint8Array,
    line: number,
  ) {
    this.line = line;
    this.lastLine = line;
  }

  get isAtEnd(): boolean {
    return this.indent < 0;
  }

  /** Goes to the next line with content. Somebody must have gone to the end of this one. */
  nextLine(): void {
    this.lineFrom(this.end + 1, this.line + 1);
  }

  /** Goes to the first line with content from the beginning of a line. */
  lineFrom(at: number, line: number): void {
    const { codes } = this;
    const { length } = this.text;
    this.sawComment = false;
    while (at < length) {
      let i = at;
      while (codes[i] === CHAR.space) i++;
      const code = codes[i];
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
        return;
      }
      line++;
    }
    this.indent = -1;
  }

  /** Whether the value of a key in a column is over, and something follows on this line. */
  isBehind(column: number): boolean {
    return this.indent >= 0 && this.isBehindAt(this.start, column);
  }

  /** Whether the line that begins at an offset has content, and is no part of the value of a key in a column above it. */
  isBehindAt(start: number, column: number): boolean {
    const { codes } = this;
    let i = start;
    while (codes[i] === CHAR.space) i++;
    const code = codes[i];
    if (code === CHAR.newline || code === CHAR.hash || code === CHAR.tab) return false;
    const indent = i - start;
    return indent < column || (indent === column && !this.isDash(i));
  }

  /** Whether a list element begins here. */
  isDash(at: number): boolean {
    return this.codes[at] === CHAR.dash && this.isSpaceOrEnd(at + 1);
  }

  isSpaceOrEnd(at: number): boolean {
    const code = this.codes[at];
    return code === CHAR.space || code === CHAR.newline;
  }

  /** Passes over spaces. False when nothing but a comment follows on the line. */
  hasContent(): boolean {
    const { codes } = this;
    let at = this.pos;
    while (codes[at] === CHAR.space) at++;
    this.pos = at;
    const code = codes[at];
    if (code === CHAR.tab) stepAside();
    if (code !== CHAR.newline && code !== CHAR.hash) return true;
    this.end = this.lineEnd(at);
    return false;
  }

  /** The colon behind a key that begins here; -1 when this is no key. */
  keyEnd(): number {
    const { codes, pos } = this;
    const first = codes[pos]!;
    if (first === CHAR.doubleQuote || first === CHAR.quote) return this.#quotedKeyEnd(first);
    if (INDICATORS[first] === 1) return -1;
    if (!this.isPlainStart(pos)) stepAside();
    for (let i = pos; ; i++) {
      const code = codes[i]!;
      if (PLAIN_STOPS[code] === 0) continue;
      if (code === CHAR.colon) {
        if (this.isSpaceOrEnd(i + 1)) return codes[i - 1] === CHAR.space ? stepAside() : i;
      } else if (code === CHAR.newline || (code === CHAR.hash && codes[i - 1] === CHAR.space)) {
        return -1;
      } else if (code === CHAR.tab) {
        stepAside();
      }
    }
  }

  /** As `keyEnd`, where there must be one. */
  mapKeyEnd(): number {
    const colon = this.isDash(this.pos) ? -1 : this.keyEnd();
    return colon < 0 ? stepAside() : colon;
  }

  #quotedKeyEnd(quote: number): number {
    const { codes } = this;
    let i = this.pos + 1;
    for (; codes[i] !== quote; i++) {
      if (codes[i] === CHAR.backslash && quote === CHAR.doubleQuote) i++;
      // A text that goes on in the next line is no key, whatever that begins with.
      if (codes[i] === CHAR.newline) return -1;
    }
    const after = i + 1;
    if (codes[after] === CHAR.colon && this.isSpaceOrEnd(after + 1)) return after;
    // A colon further on may make it a key all the same.
    return this.isRestBlank(after) ? -1 : codes[after] === quote ? -1 : stepAside();
  }

  /** Whether the key in front of a colon is just what is written there: no quotes, and no word for something else. */
  isLiteralKey(colon: number): boolean {
    const { pos } = this;
    if (KEY_STARTS[this.codes[pos]!] === 0)
      return colon === pos + 1 && this.codes[pos] === CHAR.dot;
    return colon - pos > LONGEST_WORD || !isWord(cutKey(this.text, pos, colon));
  }

  /** The key in front of a colon. */
  keyText(colon: number): string {
    const key = jsonKey(this.#keyScalar(colon));
    return key === null || key === '<<' || key === '__proto__' ? stepAside() : key;
  }

  #keyScalar(colon: number): Scalar {
    const { text, pos } = this;
    const first = this.codes[pos];
    if (first !== CHAR.doubleQuote && first !== CHAR.quote)
      return resolvePlainScalar(cutKey(text, pos, colon));
    const body = text.slice(pos + 1, colon - 1);
    return body.includes('\\') || body.includes("'") ? stepAside() : body;
  }

  /** Goes behind a key and its colon. */
  passKey(colon: number): void {
    this.lastLine = this.line;
    this.pos = colon + 1;
  }

  /** Whether a plain scalar may begin with the character here. */
  isPlainStart(at: number): boolean {
    const code = this.codes[at]!;
    const mayBeIndicator = code === CHAR.dash || code === CHAR.question || code === CHAR.colon;
    return INDICATORS[code] === 0 && !(mayBeIndicator && this.isSpaceOrEnd(at + 1));
  }

  /** Whether nothing but spaces and a comment follows on the line. If so, its end is known. */
  isRestBlank(at: number): boolean {
    const { codes } = this;
    let i = at;
    while (codes[i] === CHAR.space) i++;
    const isBlank = codes[i] === CHAR.newline || (i > at && codes[i] === CHAR.hash);
    if (isBlank) this.end = this.lineEnd(i);
    return isBlank;
  }

  /** `---` or `...` at the beginning of a line. */
  isMarker(at: number): boolean {
    const code = this.codes[at];
    if (code !== CHAR.dash && code !== CHAR.dot) return false;
    return MARKER.test(this.text.slice(at, at + 4));
  }

  /** The end of the line that holds an offset. */
  lineEnd(at: number): number {
    const { codes } = this;
    let end = at;
    while (codes[end] !== CHAR.newline) end++;
    return end;
  }
}

const MARKER = /^(?:---|\.\.\.)(?:[ \t\n]|$)/;
