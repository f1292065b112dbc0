import { isJson } from '../documents/read-documents.js';
import type { DocumentPiece } from '../documents/split-documents.js';
import type { ManifestLimits } from '../limits.js';
import { HeldDocument } from './held-document.js';
import { JsonValues } from './json-values.js';
import type { LongReader } from './long-part.js';
import { openYamlList } from './yaml-list.js';

/** Enough to tell JSON from YAML. */
const HEAD_BYTES = 4096;

/** The reader of a long document that begins with this piece, which is yet to be pushed. */
export function openLongDocument(
  { bytes, firstLine }: DocumentPiece,
  limits: ManifestLimits,
): LongReader {
  if (isJson(bytes.toString('latin1', 0, HEAD_BYTES))) return new JsonValues(firstLine, limits);
  return openYamlList(bytes, firstLine, limits) ?? new HeldDocument(firstLine, limits);
}
