import { countLines } from '../documents/look-at-text.js';
import {
  type Failed,
  FailureSorter,
  notUtf8,
  tooLarge,
  utf8Text,
} from '../documents/read-documents.js';
import { readJson } from '../json/json-reader.js';
import type { ManifestLimits } from '../limits.js';
import { ByteQueue } from './byte-queue.js';
import { JsonBounds } from './json-bounds.js';
import { JsonList } from './json-list.js';
import type { LongPart, LongReader } from './long-part.js';
import { type Broken, byteOffset, isCutOffAt } from './read-within.js';

/** Of `wholeDocumentBytes` what is read at a time, at least. */
const BATCH_SHARE = 1 / 32;
const NEXT_OBJECT = Buffer.from('\n{');

/**
 * Reads JSON values that stand one after the other, as `readJson` does, while they arrive. Of a long list the elements are read as they come,
 * each some of them as a list of their own. Where a value is not valid it goes on where `readJson` would.
 */
export class JsonValues implements LongReader {
  readonly #queue = new ByteQueue();
  readonly #bounds = new JsonBounds();
  readonly #failures = new FailureSorter();
  /** Line of the first byte in the queue. */
  #line: number;
  #list: JsonList | null = null;
  /** Behind the last value that is complete. */
  #valueEnd = 0;
  /** At the first element of the list that is not complete; -1 = none. */
  #itemsStart = -1;
  #state: 'reading' | 'skipping' | 'failed' = 'reading';
  /** When so much is waiting, it is tried whether it is valid so far. */
  #patience: number;

  constructor(
    private readonly firstLine: number,
    private readonly limits: ManifestLimits,
  ) {
    this.#line = firstLine;
    this.#patience = limits.wholeDocumentBytes;
  }

  *push(bytes: Buffer, isLast: boolean): Generator<LongPart> {
    if (this.#state === 'failed') return;
    this.#queue.push(bytes);
    do {
      if (this.#state === 'skipping' && !this.#skipToObject()) return;
      yield* this.#followBounds();
      if (this.#state === 'reading') yield* this.#readWaiting(isLast);
      // What a failure leaves is looked at from its beginning.
    } while (this.#bounds.at < this.#queue.length);
  }

  /** Looks at all that has arrived. */
  *#followBounds(): Generator<LongPart> {
    while (this.#state === 'reading') {
      const bound = this.#bounds.next(this.#queue.view);
      if (bound === null) return;
      const { at } = this.#bounds;
      const list = this.#list;
      if (bound === 'itemsStart') {
        if (list === null) this.#itemsStart = at;
      } else if (bound === 'itemsEnd') {
        if (list === null) this.#itemsStart = -1;
        else if (!list.isBehindElements) yield* this.#takeElements(list, at - 1, true);
      } else if (list === null) {
        this.#valueEnd = at;
        this.#itemsStart = -1;
      } else {
        yield* this.#finishList(list, at);
      }
    }
  }

  /** Reads what can be read of that. */
  *#readWaiting(isLast: boolean): Generator<LongPart> {
    const { wholeDocumentBytes } = this.limits;
    const least = wholeDocumentBytes * BATCH_SHARE;
    const isLong = this.#itemsStart >= 0 && this.#queue.length >= wholeDocumentBytes;
    if (this.#list === null && this.#valueEnd > (isLong ? 0 : least))
      yield* this.#readValues(this.#valueEnd, false);
    if (this.#state === 'reading' && isLong) this.#openList();
    const list = this.#list;
    if (list !== null && !list.isBehindElements && this.#bounds.comma > least)
      yield* this.#takeElements(list, this.#bounds.comma, false);
    if (this.#state !== 'reading') return;
    if (isLast) yield* this.#readLast();
    else if (this.#queue.length > this.#patience) yield* this.#losePatience();
  }

  *#readLast(): Generator<LongPart> {
    const { length } = this.#queue;
    const list = this.#list;
    if (list === null) yield* this.#readValues(length, true);
    else if (list.isBehindElements) yield* this.#finishList(list, length);
    else yield* this.#failList(list.faultIn(this.#text(length)));
  }

  /** Reads values; of one that is not complete nothing, unless it is the last. */
  *#readValues(end: number, isLast: boolean): Generator<LongPart> {
    const text = utf8Text(this.#queue.view.subarray(0, end));
    if (text === null) {
      yield this.#giveUp();
      return;
    }
    let taken = end;
    let isBroken = false;
    for (const part of readJson(text, this.#line, this.limits)) {
      isBroken = !('root' in part);
      if ('root' in part) {
        if (part.root.value !== null) yield { kind: 'document', document: part };
      } else if (!isLast && isCutOffAt(text, part.at)) {
        taken = byteOffset(text, part.start);
        isBroken = false;
        break;
      } else {
        yield* this.#failures.sort(part, text, this.#line);
      }
    }
    this.#take(taken);
    if (taken < end && taken > 0) this.#bounds.restart();
    this.#valueEnd = 0;
    if (isBroken) this.#skip();
  }

  /** Goes over to reading elements, if what is open is a list. */
  #openList(): void {
    const before = this.#queue.view.subarray(0, this.#itemsStart);
    this.#list = JsonList.open(before, this.#line, this.limits);
    if (this.#list !== null) this.#take(this.#itemsStart);
    this.#itemsStart = -1;
  }

  *#takeElements(list: JsonList, end: number, isEnd: boolean): Generator<LongPart> {
    const taken = list.take(this.#text(end), isEnd);
    if (taken !== null && !('root' in taken)) {
      yield* this.#failList(taken);
      return;
    }
    if (taken !== null) yield { kind: 'elements', list: taken };
    // The comma goes with the element in front of it.
    this.#take(isEnd ? end : end + 1);
    this.#bounds.comma = -1;
  }

  *#finishList(list: JsonList, end: number): Generator<LongPart> {
    for (const part of list.finish(this.#queue.view.subarray(0, end))) {
      if (part.kind === 'broken' || part.kind === 'failure') {
        yield* this.#failList(part);
        return;
      }
      yield part;
    }
    this.#take(end);
    this.#list = null;
  }

  *#failList(fault: Broken | Failed): Generator<LongPart> {
    this.#list = null;
    if (fault.kind === 'failure') {
      yield fault.failure.code === 'NOT_UTF8' ? this.#giveUp() : fault;
      if (this.#state === 'reading') this.#skip();
      return;
    }
    // With the mark of a template, if one is there.
    const text = this.#queue.view.toString('utf8', 0, fault.at + 1);
    const failed = [...this.#failures.sort(fault.failure, text, this.#line)];
    if (failed.length > 0) yield* failed;
    else yield { kind: 'listEnd', isValid: false };
    // An object that is not closed fails at the next one, which is not to be lost with it.
    this.#take(Math.max(0, fault.at - 1));
    this.#skip();
  }

  /** Sees whether what is waiting is a valid beginning, and not too long. */
  *#losePatience(): Generator<LongPart> {
    const end = endOfCharacters(this.#queue.view);
    const list = this.#list;
    const before = this.#queue.length;
    if (list === null) {
      yield* this.#readValues(end, false);
    } else if (!list.isBehindElements) {
      const fault = list.faultIn(this.#text(end));
      if (fault.kind === 'failure' || !fault.isCutOff) yield* this.#failList(fault);
    }
    if (this.#state !== 'reading') return;
    if (this.#queue.length > this.limits.maxDocumentBytes) {
      const message = 'an object is larger than the limit';
      yield* this.#failList(tooLarge(message, this.#line));
    }
    this.#patience = Math.max(this.#patience, 2 * Math.min(before, this.#queue.length));
  }

  #text(end: number): { bytes: Buffer; firstLine: number } {
    return { bytes: this.#queue.view.subarray(0, end), firstLine: this.#line };
  }

  #take(bytes: number): void {
    this.#line += countLines(this.#queue.take(bytes));
    this.#bounds.taken(bytes);
    this.#valueEnd -= bytes;
    this.#itemsStart -= bytes;
  }

  #skip(): void {
    this.#state = 'skipping';
    this.#bounds.restart();
    this.#valueEnd = 0;
    this.#itemsStart = -1;
    this.#patience = this.limits.wholeDocumentBytes;
  }

  /** False when the next object has not arrived yet. */
  #skipToObject(): boolean {
    const at = this.#queue.view.indexOf(NEXT_OBJECT);
    this.#take(at < 0 ? Math.max(0, this.#queue.length - 1) : at + 1);
    if (at < 0) return false;
    this.#bounds.restart();
    this.#state = 'reading';
    return true;
  }

  #giveUp(): Failed {
    this.#state = 'failed';
    this.#queue.clear();
    this.#bounds.restart();
    return notUtf8(this.firstLine);
  }
}

/** Where the last character ends that may be complete. */
function endOfCharacters(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) >= 0x80) end--;
  return end;
}
