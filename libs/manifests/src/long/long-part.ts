import type { TextPart } from '../documents/read-documents.js';
import type { ReadDocument } from '../documents/read-result.js';

/** What came of a long document. A failure and a document stand for the list whose elements were given before, if it has not ended. */
export type LongPart =
  | TextPart
  /** Some elements of a list, as a list of their own. */
  | { readonly kind: 'elements'; readonly list: ReadDocument }
  /** The end of the list: its elements count, unless it is not valid. */
  | { readonly kind: 'listEnd'; readonly isValid: boolean };

/** Reads a long document piece by piece. */
export interface LongReader {
  push(bytes: Buffer, isLast: boolean): Generator<LongPart>;
}
