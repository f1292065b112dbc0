import { CHAR } from '../json/json-scanner.js';

const ITEMS = Buffer.from('"items"');

/** Codes at which something begins or ends; all others are passed over. */
const MEANING = new Uint8Array(256);
for (const character of '",:[]{}') MEANING[character.charCodeAt(0)] = 1;

/** What was found, and that the scan stands behind it. */
export type JsonBound = 'itemsStart' | 'itemsEnd' | 'valueEnd';

/**
 * Finds where JSON values, and the elements of their lists of objects, begin and end, while they arrive. Only brackets and strings are told
 * apart: whether it is JSON is for a reader to say, and where it is not, nothing is to be relied on.
 */
export class JsonBounds {
  /** Where the scan stands. */
  at = 0;
  /** Beginning of the value that has not ended, or of which `valueEnd` was the end. */
  valueStart = 0;
  /** The last comma between elements; -1 = none. */
  comma = -1;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #string = 0;
  /** How much of `"items": [` was there. */
  #items: 'no' | 'key' | 'colon' | 'open' = 'no';

  /** Looks for the next bound in what has arrived; null when there is none in it. */
  next(text: Buffer): JsonBound | null {
    while (this.at < text.length) {
      if (this.#isInString) {
        this.#passString(text);
        continue;
      }
      let { at } = this;
      while (at < text.length && MEANING[text[at] ?? 0] === 0) at++;
      this.at = at;
      if (at === text.length) return null;
      const bound = this.#meaning(text[at] ?? 0);
      this.at++;
      if (bound !== null) return bound;
    }
    return null;
  }

  /** So many bytes were taken from the front of the text. */
  taken(bytes: number): void {
    this.at -= bytes;
    this.valueStart -= bytes;
    this.comma -= bytes;
    this.#string -= bytes;
  }

  /** A new value is looked for from the beginning of the text. */
  restart(): void {
    this.at = this.valueStart = this.#depth = 0;
    this.comma = -1;
    this.#isInString = this.#isEscaped = false;
    this.#items = 'no';
  }

  /** Goes behind the string, or to the end of what has arrived of it. */
  #passString(text: Buffer): void {
    let { at } = this;
    if (this.#isEscaped) at++;
    this.#isEscaped = false;
    while (at < text.length && text[at] !== CHAR.quote) at += text[at] === CHAR.backslash ? 2 : 1;
    // What is escaped may not be there yet.
    this.#isEscaped = at > text.length;
    this.at = Math.min(at, text.length);
    if (at >= text.length) return;
    this.at++;
    this.#isInString = false;
    if (this.#depth !== 1 || this.at - this.#string !== ITEMS.length) return;
    if (ITEMS.equals(text.subarray(this.#string, this.at))) this.#items = 'key';
  }

  #meaning(code: number): JsonBound | null {
    switch (code) {
      case CHAR.quote:
        this.#isInString = true;
        this.#string = this.at;
        return null;
      case CHAR.colon:
        if (this.#items === 'key') this.#items = 'colon';
        return null;
      case CHAR.comma:
        if (this.#depth === 2 && this.#items === 'open') this.comma = this.at;
        else if (this.#depth === 1) this.#items = 'no';
        return null;
      case CHAR.openBrace:
      case CHAR.openBracket:
        return this.#open(code);
      case CHAR.closeBrace:
      case CHAR.closeBracket:
        return this.#close();
      default:
        return null;
    }
  }

  #open(code: number): JsonBound | null {
    if (this.#depth === 0) this.valueStart = this.at;
    this.#depth++;
    if (this.#items !== 'colon') return null;
    this.#items = code === CHAR.openBracket ? 'open' : 'no';
    this.comma = -1;
    return this.#items === 'open' ? 'itemsStart' : null;
  }

  #close(): JsonBound | null {
    this.#depth = Math.max(0, this.#depth - 1);
    if (this.#depth === 1 && this.#items === 'open') {
      this.#items = 'no';
      return 'itemsEnd';
    }
    if (this.#depth > 0) return null;
    this.#items = 'no';
    return 'valueEnd';
  }
}
