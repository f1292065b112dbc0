import { lookAtText } from './look-at-text.js';

/** The text of a YAML document (or of JSON values), from its marker up to the next one; of a long one a piece of it. */
export interface DocumentPiece {
  readonly bytes: Buffer;
  /** Line of its first byte. */
  readonly firstLine: number;
  /** Whether it is nothing but printable ASCII, tabs and newlines. */
  readonly isPlain: boolean;
  readonly isLast: boolean;
}

const NEWLINE = 0x0a;
const START_MARKER = Buffer.from('\n---');
const END_MARKER = Buffer.from('\n...');
const MARKER_LENGTH = 4;
const MARKER_START = 0x2d;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
/** Directives in front of a marker are shorter than that. */
const MAX_DIRECTIVES = 4096;
const DIRECTIVES = /^(?:(?:\.\.\.)?[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n)*$/;

/**
 * Splits a file at document markers while it arrives. `---` or `...` at the beginning of a line ends a document wherever
 * it stands, also inside quoted text, so no YAML needs to be understood for that; and JSON has no such line.
 */
export class DocumentSplitter {
  #held: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #size = 0;
  #isPlain = true;
  /** Whether a piece of the document was given already. */
  #isGiven = false;
  #firstLine = 1;
  #line = 1;

  /** `wholeBytes` = up to how many bytes a document is given as one piece. */
  constructor(private readonly wholeBytes: number) {}

  /** What is complete with this chunk, and what there is of a document that is long already. */
  *push(chunk: Uint8Array): Generator<DocumentPiece> {
    // A copy: who gave the chunk may use its memory again.
    const bytes = Buffer.concat([this.#held, chunk]);
    const end = this.#endOfSure(bytes);
    this.#held = bytes.subarray(end);
    yield* this.#split(bytes, end);
  }

  /** What is left at the end of the file. */
  *end(): Generator<DocumentPiece> {
    yield* this.#split(this.#held, this.#held.length);
    this.#held = Buffer.alloc(0);
    if (this.#size > 0 || this.#isGiven) yield this.#take(true);
  }

  /** A marker may go on in the next chunk: hold back what might be the beginning of one. */
  #endOfSure(bytes: Buffer): number {
    const lastLine = bytes.lastIndexOf(NEWLINE);
    return lastLine >= 0 && bytes.length - lastLine <= MARKER_LENGTH ? lastLine : bytes.length;
  }

  *#split(bytes: Buffer, end: number): Generator<DocumentPiece> {
    let start = 0;
    for (const at of markers(bytes)) {
      if (at >= end) break;
      this.#append(bytes.subarray(start, at + 1));
      start = at + 1;
      if (!this.#isOnlyDirectives()) yield this.#take(true);
    }
    this.#append(bytes.subarray(start, end));
    if (this.#size > (this.#isGiven ? 0 : this.wholeBytes)) yield this.#take(false);
  }

  #append(part: Buffer): void {
    if (part.length === 0) return;
    const { lines, isPlain } = lookAtText(part);
    this.#line += lines;
    this.#isPlain &&= isPlain;
    this.#size += part.length;
    this.#parts.push(part);
  }

  #take(isLast: boolean): DocumentPiece {
    const whole = joined(this.#parts);
    // Files that were put together may have one each.
    const bytes = this.#isGiven ? whole : withoutByteOrderMark(whole);
    const piece = { bytes, firstLine: this.#firstLine, isPlain: this.#isPlain, isLast };
    this.#parts = [];
    this.#size = 0;
    this.#isPlain = true;
    this.#isGiven = !isLast;
    this.#firstLine = this.#line;
    return piece;
  }

  /** `%YAML 1.2` stands in front of the marker of its document. */
  #isOnlyDirectives(): boolean {
    if (this.#size > MAX_DIRECTIVES || this.#isGiven) return false;
    // Nearly all documents begin with their own marker.
    if (this.#parts[0]?.[0] === MARKER_START) return false;
    const text = joined(this.#parts).toString('latin1');
    return text.includes('%') && DIRECTIVES.test(text);
  }
}

/** All in one; no copy is made of a single one. */
function joined(parts: readonly Buffer[]): Buffer {
  const [first, second] = parts;
  return first !== undefined && second === undefined ? first : Buffer.concat(parts);
}

/** The newlines in front of marker lines. */
function* markers(bytes: Buffer): Generator<number> {
  let starts = nextMarker(bytes, START_MARKER, 0);
  let ends = nextMarker(bytes, END_MARKER, 0);
  while (starts !== Infinity || ends !== Infinity) {
    yield Math.min(starts, ends);
    if (starts < ends) starts = nextMarker(bytes, START_MARKER, starts + 1);
    else ends = nextMarker(bytes, END_MARKER, ends + 1);
  }
}

function nextMarker(bytes: Buffer, marker: Buffer, from: number): number {
  let at = bytes.indexOf(marker, from);
  while (at >= 0 && !isLineEnd(bytes[at + MARKER_LENGTH])) at = bytes.indexOf(marker, at + 1);
  return at < 0 ? Infinity : at;
}

/** White space or nothing must follow a marker. */
function isLineEnd(code: number | undefined): boolean {
  return code === undefined || code === NEWLINE || code === 0x20 || code === 0x09 || code === 0x0d;
}

/** At the beginning, and behind the marker line of a document. */
function withoutByteOrderMark(bytes: Buffer): Buffer {
  if (hasMarkAt(bytes, 0)) return bytes.subarray(BYTE_ORDER_MARK.length);
  const text = bytes[0] === MARKER_START ? bytes.indexOf(NEWLINE) + 1 : 0;
  if (text === 0 || !hasMarkAt(bytes, text)) return bytes;
  return Buffer.concat([bytes.subarray(0, text), bytes.subarray(text + BYTE_ORDER_MARK.length)]);
}

function hasMarkAt(bytes: Buffer, at: number): boolean {
  return BYTE_ORDER_MARK.every((byte, i) => bytes[at + i] === byte);
}
