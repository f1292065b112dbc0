import { flattenLists } from './documents/flatten-lists.js';
import { readDocuments, type TextPart } from './documents/read-documents.js';
import type { ReadDocument } from './documents/read-result.js';
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

  constructor(
    private readonly limits: ManifestLimits,
    private readonly collector: ObjectCollector,
    private readonly budget: UploadBudget,
  ) {}

  read(piece: DocumentPiece): void {
    if (this.#long === null) {
      this.#isFirst = true;
      if (!this.budget.addDocument()) return;
    }
    const isWhole = this.#long === null && piece.isLast;
    this.#take(isWhole ? readDocuments(piece, this.limits) : this.#readLong(piece));
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
