import type { SharedReading } from './documents/shared-reading.js';

/** Where manifests come from. */
export type ManifestSource =
  /** YAML or JSON text, gzipped text, or an archive: told apart by the bytes. `path` names text in problems. */
  | { readonly kind: 'stream'; readonly path: string; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly kind: 'tarGz'; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly kind: 'files'; readonly files: readonly ManifestFile[] };

/** A file that is in memory. */
export interface ManifestFile {
  readonly path: string;
  readonly content: Uint8Array;
  /** The same for files with the same bytes, when several are read. */
  readonly reading?: SharedReading;
}
