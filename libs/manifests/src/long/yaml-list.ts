import { countLines } from '../documents/look-at-text.js';
import { decoded, type Failed, readDocuments, tooLarge } from '../documents/read-documents.js';
import type { ReadDocument } from '../documents/read-result.js';
import type { ManifestLimits } from '../limits.js';
import { readYamlFast } from '../yaml/fast-reader.js';
import { ByteQueue } from './byte-queue.js';
import { ListElements } from './list-elements.js';
import { headOf, headSoFar, type ListHead, UNKNOWN_HEAD } from './list-head.js';
import type { LongPart, LongReader } from './long-part.js';
import { movedDocument } from './moved-document.js';
import { YamlElementLines } from './yaml-element-lines.js';

const ITEMS_LINE = /^items:[ ]*(?:#[^\n]*)?\r?\n/m;
/** What stands for the elements when the rest of the list is read. */
const NO_ITEMS = Buffer.from('items: []\n');
/** Of `wholeDocumentBytes` what is read at a time, at least. */
const BATCH_SHARE = 1 / 32;

/**
 * A reader of the list that begins with these bytes, which are yet to be pushed; null when they are nothing of which it is sure that elements
 * can be told apart by their lines: a map in block style at the margin with `items`, a list in block style. Elements are read by the same
 * readers as any document, each some of them as a list of their own; and so is the rest, without elements.
 */
export function openYamlList(
  bytes: Buffer,
  firstLine: number,
  limits: ManifestLimits,
): LongReader | null {
  const line = ITEMS_LINE.exec(bytes.toString('latin1'));
  if (line === null) return null;
  const before = bytes.subarray(0, line.index);
  const text = decoded(Buffer.concat([before, NO_ITEMS]));
  // What the fast reader takes ends where the line of `items` begins, whatever follows.
  const read =
    text === null
      ? null
      : readYamlFast(text, firstLine, limits, { onlyWanted: true, plainBytes: null });
  const document = read?.documents[0];
  if (document === undefined) return null;
  const head = headSoFar(document);
  const start = line.index + line[0].length;
  const column = YamlElementLines.columnOf(bytes.subarray(start));
  if (head === null || column === null) return null;
  return new YamlList(
    { before: Buffer.from(before), firstLine, skip: start, head, column },
    limits,
  );
}

interface Opening {
  /** The text in front of the line of `items`. */
  readonly before: Buffer;
  readonly firstLine: number;
  /** Bytes up to the first element. */
  readonly skip: number;
  readonly head: ListHead | undefined;
  readonly column: number;
}

class YamlList implements LongReader {
  readonly #queue = new ByteQueue();
  readonly #lines: YamlElementLines;
  readonly #elements: ListElements<never>;
  readonly #itemsLine: number;
  /** Line of the first byte in the queue. */
  #line: number;
  #skip: number;
  #state: 'elements' | 'behind' | 'failed' = 'elements';

  constructor(
    private readonly opening: Opening,
    private readonly limits: ManifestLimits,
  ) {
    this.#skip = opening.skip;
    this.#lines = new YamlElementLines(opening.column);
    this.#itemsLine = opening.firstLine + countLines(opening.before);
    this.#line = this.#itemsLine + 1;
    this.#elements = new ListElements<never>(
      ({ bytes, firstLine }, head) => this.#readElements(bytes, firstLine, head),
      opening.head,
      limits,
    );
  }

  *push(bytes: Buffer, isLast: boolean): Generator<LongPart> {
    if (this.#state === 'failed') return;
    this.#queue.push(bytes.subarray(this.#skip));
    this.#skip = 0;
    if (this.#state === 'elements') yield* this.#takeElements(isLast);
    if (this.#state === 'behind' && isLast) yield* this.#finish();
    else if (this.#queue.length > this.limits.maxDocumentBytes)
      yield this.#fail(tooLarge('an element of the list is larger than the limit', this.#line));
  }

  *#takeElements(isLast: boolean): Generator<LongPart> {
    const found = this.#lines.scan(this.#queue.view, isLast);
    const least = this.limits.wholeDocumentBytes * BATCH_SHARE;
    if (found.bytes > 0 && (found.isEnd || found.bytes >= least)) {
      const taken = this.#queue.take(found.bytes);
      this.#lines.taken(found.bytes);
      const part = this.#elements.take({ bytes: taken, firstLine: this.#line });
      this.#line += found.lines;
      if (part !== null) yield 'root' in part ? { kind: 'elements', list: part } : this.#fail(part);
    }
    if (found.isEnd && this.#state === 'elements') this.#state = 'behind';
  }

  /** Reads what stands around the elements. */
  *#finish(): Generator<LongPart> {
    const { before, firstLine } = this.opening;
    const bytes = Buffer.concat([before, NO_ITEMS, this.#queue.view]);
    for (const part of readDocuments({ bytes, firstLine }, this.limits)) {
      if (part.kind === 'failure') {
        yield this.#fail(this.#movedFailure(part));
        return;
      }
      const head = headOf(part.document);
      for (const held of this.#elements.release(head ?? UNKNOWN_HEAD)) {
        yield held.kind === 'failure' ? this.#fail(held) : held;
        if (held.kind === 'failure') return;
      }
      if (head === null) {
        yield {
          kind: 'document',
          document: movedDocument(
            part.document,
            (line) => this.#moved(line),
            this.#movedEnd(part.document.root.lastLine),
          ),
        };
        return;
      }
    }
    yield { kind: 'listEnd', isValid: true };
  }

  #readElements(
    bytes: Buffer,
    line: number,
    { apiVersion, kind }: ListHead,
  ): ReadDocument | Failed {
    const head = `apiVersion: ${JSON.stringify(apiVersion)}\nkind: ${JSON.stringify(kind)}\nitems:\n`;
    const text = { bytes: Buffer.concat([Buffer.from(head), bytes]), firstLine: line - 3 };
    for (const part of readDocuments(text, this.limits))
      return part.kind === 'document' ? part.document : part;
    return tooLarge('the list cannot be read element by element', line);
  }

  #fail(failure: Failed): Failed {
    this.#state = 'failed';
    this.#queue.clear();
    return failure;
  }

  /** What stands behind the elements was read as if there were none. */
  #moved(line: number): number {
    return line <= this.#itemsLine ? line : line + this.#line - this.#itemsLine - 1;
  }

  #movedEnd(line: number): number {
    return line === this.#itemsLine ? this.#elements.lastLine : this.#moved(line);
  }

  #movedFailure({ kind, failure }: Failed): Failed {
    const { firstLine, lastLine } = failure;
    const lines = { firstLine: this.#moved(firstLine), lastLine: this.#moved(lastLine) };
    return { kind, failure: { ...failure, ...lines } };
  }
}
