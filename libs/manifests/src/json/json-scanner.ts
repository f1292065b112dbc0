import { UnreadableText } from '../documents/read-result.js';

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const LITERALS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** Codes of the characters that mean something. */
export const CHAR = {
  tab: 0x09,
  newline: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Moves over JSON text token by token, and counts lines. */
export class JsonScanner {
  /** Where the next token begins, or white space in front of it. */
  at: number;
  line: number;

  constructor(
    readonly text: string,
    offset: number,
    line: number,
  ) {
    this.at = offset;
    this.line = line;
  }

  isAtEnd(): boolean {
    this.skipSpace();
    return this.at >= this.text.length;
  }

  /** Goes in front of the next line that begins with `{`, or to the end. `start` is where the object that failed begins. */
  skipToNextObject(start: number): void {
    // An object that is not closed fails at the next one, which is not to be lost with it.
    const next = this.text.indexOf('\n{', Math.max(start, this.at - 1));
    const stop = next < 0 ? this.text.length : next;
    for (; this.at < stop; this.at++) {
      if (this.text.charCodeAt(this.at) === CHAR.newline) this.line++;
    }
  }

  /** Goes behind a string. False when there are escapes in it. */
  passString(): boolean {
    const { text } = this;
    if (text.charCodeAt(this.at) !== CHAR.quote) this.fail('expected a string');
    let at = this.at + 1;
    let isPlain = true;
    for (let code = text.charCodeAt(at); code !== CHAR.quote; code = text.charCodeAt(++at)) {
      if (code >= CHAR.space && code !== CHAR.backslash) continue;
      if (code !== CHAR.backslash) this.fail('a string is not closed');
      isPlain = false;
      at++;
      if (at >= text.length) this.fail('a string is not closed');
    }
    this.at = at + 1;
    return isPlain;
  }

  /** What the string from `start` up to here says. */
  unescape(start: number): string {
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      return this.fail('a bad escape sequence');
    }
  }

  /** A number, or one of the words of JSON. */
  literal(): number | boolean | null {
    const { text } = this;
    const start = this.at;
    for (const [word, value] of LITERALS) {
      if (text.startsWith(word, start)) {
        this.at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = start;
    if (!NUMBER.test(text)) return this.fail('expected a value');
    this.at = NUMBER.lastIndex;
    return Number(text.slice(start, this.at));
  }

  /** Goes behind a character if it is the next one. */
  take(character: number): boolean {
    this.skipSpace();
    if (this.text.charCodeAt(this.at) !== character) return false;
    this.at++;
    return true;
  }

  skipSpace(): void {
    const { text } = this;
    let at = this.at;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === CHAR.newline) this.line++;
      else if (code !== CHAR.space && code !== CHAR.carriageReturn && code !== CHAR.tab) break;
    }
    this.at = at;
  }

  fail(message: string): never {
    throw new UnreadableText('SYNTAX', message, this.at);
  }
}
