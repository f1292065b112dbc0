/** An upload as the API received it. `name` is the path that Problems show when the bytes are no archive. */
export type UploadSource =
  | { readonly kind: 'file'; readonly path: string; readonly name: string }
  | { readonly kind: 'tarGzFile'; readonly path: string }
  | { readonly kind: 'files'; readonly files: readonly UploadedFile[] };

/** A file of an upload that came in one piece. */
export interface UploadedFile {
  readonly path: string;
  readonly content: Uint8Array;
}
