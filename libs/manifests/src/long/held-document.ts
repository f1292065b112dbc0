import { readDocuments, tooLarge } from '../documents/read-documents.js';
import type { ManifestLimits } from '../limits.js';
import { ByteQueue } from './byte-queue.js';
import type { LongPart, LongReader } from './long-part.js';

/** Reads a document that can only be read as a whole. */
export class HeldDocument implements LongReader {
  readonly #held = new ByteQueue();
  #isTooLarge = false;

  constructor(
    private readonly firstLine: number,
    private readonly limits: ManifestLimits,
  ) {}

  *push(bytes: Buffer, isLast: boolean): Generator<LongPart> {
    if (this.#isTooLarge) return;
    this.#held.push(bytes);
    if (this.#held.length > this.limits.maxDocumentBytes) {
      this.#isTooLarge = true;
      this.#held.clear();
      const message =
        'the document is larger than the limit, and no list of objects as kubectl writes it';
      yield tooLarge(message, this.firstLine);
    } else if (isLast) {
      yield* readDocuments({ bytes: this.#held.view, firstLine: this.firstLine }, this.limits);
    }
  }
}
