import { countLines } from '../documents/look-at-text.js';
import type { Failed } from '../documents/read-documents.js';
import type { ReadDocument } from '../documents/read-result.js';
import type { ManifestLimits } from '../limits.js';
import { type ElementText, ListElements } from './list-elements.js';
import { headOf, headSoFar, type ListHead, UNKNOWN_HEAD } from './list-head.js';
import type { LongPart } from './long-part.js';
import { movedDocument } from './moved-document.js';
import { type Broken, readWithin } from './read-within.js';

/** A list of JSON of which elements are read before all of it is there. */
export class JsonList {
  readonly #elements: ListElements<Broken>;
  readonly #itemsLine: number;
  #isAfterComma = false;
  #endLine: number | null = null;

  private constructor(
    private readonly before: Buffer,
    private readonly firstLine: number,
    head: ListHead | undefined,
    private readonly limits: ManifestLimits,
  ) {
    this.#itemsLine = firstLine + countLines(before);
    const read = (text: ElementText, told: ListHead): ReadDocument | Broken | Failed =>
      readWithin(text, headText(told), ']}', limits);
    this.#elements = new ListElements(read, head, limits);
  }

  /** `before` is its text up to the first element. Null when it is no list. */
  static open(before: Buffer, firstLine: number, limits: ManifestLimits): JsonList | null {
    const document = readWithin({ bytes: before, firstLine }, '', ']}', limits);
    const head = 'root' in document ? headSoFar(document) : null;
    return head === null ? null : new JsonList(Buffer.from(before), firstLine, head, limits);
  }

  /** Whether the end of its elements was there. */
  get isBehindElements(): boolean {
    return this.#endLine !== null;
  }

  /** Takes elements that a comma follows, or the end of the elements. Gives a list of them, nothing while they are held, or why they are none. */
  take(text: ElementText, isEnd: boolean): ReadDocument | Broken | Failed | null {
    const endLine = text.firstLine + countLines(text.bytes);
    const isNothing = isBlank(text.bytes);
    if (isNothing && (this.#isAfterComma || !isEnd)) return noValue(text.bytes.length, endLine);
    this.#isAfterComma = true;
    if (isEnd) this.#endLine = endLine;
    return isNothing ? null : this.#elements.take(text);
  }

  /** Why a text that begins with an element, and ends before it, is no list. */
  faultIn(text: ElementText): Broken | Failed {
    const read = readWithin(text, headText(UNKNOWN_HEAD), '', this.limits);
    return 'root' in read ? noValue(text.bytes.length, text.firstLine) : read;
  }

  /** Reads what stands around the elements; `behind` is what follows them. */
  *finish(behind: Buffer): Generator<LongPart | Broken> {
    const bytes = Buffer.concat([this.before, behind]);
    const read = readWithin({ bytes, firstLine: this.firstLine }, '', '', this.limits);
    const moved = (this.#endLine ?? 0) - this.#itemsLine;
    if (!('root' in read)) {
      yield read.kind === 'failure' ? read : this.#behind(read, moved);
      return;
    }
    const head = headOf(read);
    for (const held of this.#elements.release(head ?? UNKNOWN_HEAD)) {
      // Where in them is not known any more.
      yield held.kind === 'broken' ? { ...held, at: behind.length } : held;
      if (held.kind !== 'elements') return;
    }
    if (head === null) {
      const move = (line: number): number => (line < this.#itemsLine ? line : line + moved);
      yield { kind: 'document', document: movedDocument(read, move, read.root.lastLine + moved) };
      return;
    }
    yield { kind: 'listEnd', isValid: true };
  }

  /** A failure of the text around the elements as one of what follows them. */
  #behind({ failure, at, ...broken }: Broken, moved: number): Broken {
    const line = failure.line + moved;
    return { ...broken, failure: { ...failure, line }, at: Math.max(0, at - this.before.length) };
  }
}

function headText({ apiVersion, kind }: ListHead): string {
  return `{"apiVersion":${JSON.stringify(apiVersion)},"kind":${JSON.stringify(kind)},"items":[`;
}

function noValue(at: number, line: number): Broken {
  const failure = { code: 'SYNTAX', message: 'expected a value', line } as const;
  return { kind: 'broken', failure, at, isCutOff: false };
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((code) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09);
}
