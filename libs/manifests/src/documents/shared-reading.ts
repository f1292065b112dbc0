import type { TextPart } from './read-documents.js';

/** What stands in files with the same bytes, each document of which is read once: by the first of them. */
export class SharedReading {
  #documents: (readonly TextPart[])[] = [];
  #isWhole = false;

  /** What came of each document, in their order; null while no file was read to its end. */
  get documents(): readonly (readonly TextPart[])[] | null {
    return this.#isWhole ? this.#documents : null;
  }

  /** Begins with the first document. */
  start(): void {
    this.#documents = [];
  }

  /** Notes what came of the next document. */
  add(parts: readonly TextPart[]): void {
    this.#documents.push(parts);
  }

  /** All of the file was noted. */
  finish(): void {
    this.#isWhole = true;
  }
}
