import { type ReadLimits, UnreadableText } from './read-result.js';

/** Counts the maps, lists and scalars that are kept of a document, so that text of few bytes cannot fill the memory. */
export class ValueCount {
  #ofDocument = 0;
  #ofObject = 0;
  #objects = 0;

  constructor(private readonly limits: ReadLimits) {}

  /** Begins a document. */
  restart(): void {
    this.#ofDocument = this.#ofObject = this.#objects = 0;
  }

  /** Of the document so far. */
  get total(): number {
    return this.#ofDocument;
  }

  /** Counts the values of something that was read before; false when there are too many, and then they are not counted. */
  addKnown(values: number): boolean {
    const { maxValues, maxDocumentValues } = this.limits;
    if (this.#ofObject + values > maxValues) return false;
    if (this.#ofDocument + values > maxDocumentValues) return false;
    this.#ofObject += values;
    this.#ofDocument += values;
    return true;
  }

  /** @throws UnreadableText when there are too many. */
  value(offset: number): void {
    this.#ofDocument++;
    this.#ofObject++;
    if (this.#ofObject > this.limits.maxValues) {
      throw new UnreadableText('TOO_LARGE', 'too many values in one object', offset);
    }
    if (this.#ofDocument > this.limits.maxDocumentValues) {
      throw new UnreadableText('TOO_LARGE', 'too many values in one document', offset);
    }
  }

  /**
   * Begins an element of a list. What it returns belongs into `endObject`, since lists may stand in lists.
   * @throws UnreadableText when there are too many.
   */
  beginObject(offset: number): number {
    if (++this.#objects > this.limits.maxObjects) {
      throw new UnreadableText('TOO_LARGE', 'too many objects in one document', offset);
    }
    const outer = this.#ofObject;
    this.#ofObject = 0;
    return outer;
  }

  endObject(outer: number): void {
    this.#ofObject = outer;
  }
}
