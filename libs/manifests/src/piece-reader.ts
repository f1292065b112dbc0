import { flattenLists } from './documents/flatten-lists.js';
import { readDocuments, type TextPart } from './documents/read-documents.js';
import type { ReadDocument } from './documents/read-result.js';
import type { SharedReading } from './documents/shared-reading.js';
import type { DocumentPiece } from './documents/split-documents.js';
import type { ManifestLimits } from './limits.js';
import { openLongDocument } from './long/long-document.js';
import type { LongPart, LongReader } from './long/long-part.js';
import type { ObjectCollector } from './objects/object-collector.js';
import type { UploadBudget } from './sources/upload-budget.js';

/** Reads the documents of one file, and collects their objects. Does nothing any more when the upload is to be refused. */
export class PieceReader {
  /** Of the document of which a piece was there. */
  #long: LongReader | null = null;
  /** Whether nothing came of the document so far: it is counted already. */
  #isFirst = true;
  /** Takes down what comes of the file; long documents are not kept. */
  #noted: SharedReading | null;
  readonly #known: SharedReading['documents'];

  constructor(
    private readonly limits: ManifestLimits,
    private readonly collector: ObjectCollector,
    private readonly budget: UploadBudget,
    reading: SharedReading | null = null,
  ) {
    this.#known = reading?.documents ?? null;
    this.#noted = this.#known === null ? reading : null;
    this.#noted?.start();
  }

  /** Whether a file with the same bytes was read before: no piece has to be read. */
  get isKnown(): boolean {
    return this.#known !== null;
  }

  read(piece: DocumentPiece): void {
    if (this.#long === null && !this.#startText()) return;
    if (this.#long !== null || !piece.isLast) {
      this.#noted = null;
      this.#take(this.#readLong(piece));
    } else if (this.#noted === null) {
      this.#take(readDocuments(piece, this.limits));
    } else {
      const parts = [...readDocuments(piece, this.limits)];
      this.#noted.add(parts);
      this.#take(parts);
    }
  }

  /** Reads the last pieces of a file that is whole, or all that is known of it. */
  finish(pieces: Iterable<DocumentPiece>): void {
    if (this.#known === null) {
      for (const piece of pieces) this.read(piece);
      this.#noted?.finish();
      return;
    }
    for (const parts of this.#known) if (this.#startText()) this.#take(parts);
  }

  #startText(): boolean {
    this.#isFirst = true;
    const isWithin = this.budget.addDocument();
    if (!isWithin) this.#noted = null;
    return isWithin;
  }

  #readLong(piece: DocumentPiece): Iterable<LongPart> {
    const reader = (this.#long ??= openLongDocument(piece, this.limits));
    if (piece.isLast) this.#long = null;
    return reader.push(piece.bytes, piece.isLast);
  }

  #take(parts: Iterable<LongPart>): void {
    for (const part of parts) {
      if (this.budget.excess !== null) return;
      switch (part.kind) {
        case 'elements':
          this.#elements(part.list);
          break;
        case 'listEnd':
          // One without elements is a document all the same.
          if (!this.collector.isInTransaction && !this.#start()) return;
          if (part.isValid) this.collector.commit();
          else this.collector.rollback();
          break;
        case 'document':
        case 'failure':
          if (this.collector.isInTransaction) this.collector.rollback();
          else if (!this.#start()) return;
          this.#whole(part);
      }
    }
  }

  #elements(list: ReadDocument): void {
    if (!this.collector.isInTransaction) {
      if (!this.#start()) return;
      this.collector.begin();
    }
    this.#objects(list);
  }

  #whole(part: TextPart): void {
    if (part.kind === 'failure') this.collector.textProblem(part.failure);
    else this.#objects(part.document);
  }

  #objects(document: ReadDocument): void {
    for (const object of flattenLists(document)) this.collector.object(object);
  }

  /** Begins the next document of a text. */
  #start(): boolean {
    if (!this.#isFirst && !this.budget.addDocument()) return false;
    this.#isFirst = false;
    this.collector.startDocument();
    return true;
  }
}
