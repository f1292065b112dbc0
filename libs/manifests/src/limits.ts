/** What an upload may cost. Bytes are counted after decompression. */
export interface ManifestLimits {
  /** Of the whole upload. Beyond it the upload is refused as a whole. */
  readonly maxUnpackedBytes: number;
  /** A document of up to so many bytes is read as a whole; of a longer one, lists are read element by element. */
  readonly wholeDocumentBytes: number;
  /** What is held of a longer document: all of it unless it is a list, and one element of a list. One that needs more is left out. */
  readonly maxDocumentBytes: number;
  /** Maps and lists inside one another. */
  readonly maxDepth: number;
  /** YAML aliases in a document. */
  readonly maxAliases: number;
  /** Maps, lists and scalars that are kept of one object; also keys that are compared at a time, kept or not. */
  readonly maxValues: number;
  /** The same of all objects in one document. */
  readonly maxDocumentValues: number;
  /** Characters of one text that is kept, as it is written, and of a key. */
  readonly maxTextLength: number;
  /** Objects in the upload, those of kinds that are not needed included; and documents. Beyond it the upload is refused. */
  readonly maxObjects: number;
  /** Entries of an archive, or files. Beyond it the upload is refused. */
  readonly maxFiles: number;
  /** Problems that are returned; the rest is only counted. */
  readonly maxProblems: number;
}

const MIB = 1024 * 1024;

/** Room for a cluster of 150,000 pods in full, within the memory of one worker. */
export const DEFAULT_MANIFEST_LIMITS: ManifestLimits = {
  maxUnpackedBytes: 2048 * MIB,
  wholeDocumentBytes: 8 * MIB,
  maxDocumentBytes: 64 * MIB,
  maxDepth: 100,
  maxAliases: 1000,
  // The API server takes objects of 1.5 MiB: at three bytes for a value and its comma half as many.
  maxValues: 1_000_000,
  maxDocumentValues: 8_000_000,
  // No object of the API server has room for more.
  maxTextLength: 1.5 * MIB,
  maxObjects: 1_000_000,
  maxFiles: 100_000,
  maxProblems: 10_000,
};
