/** An upload that lies in the database, for workers on any machine. */
export type StoredUpload = StoredBytes &
  (
    | { readonly kind: 'file'; readonly name: string }
    | { readonly kind: 'tarGz' }
    /** One behind the other. */
    | {
        readonly kind: 'files';
        readonly files: readonly { readonly path: string; readonly bytes: number }[];
      }
  );

/** Bytes in the database. */
export interface StoredBytes {
  readonly id: string;
  /** How many there are. */
  readonly bytes: number;
}
