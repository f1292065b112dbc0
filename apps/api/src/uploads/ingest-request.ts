import type { Problem } from '@portolan/model';
import type { UploadSource } from '@portolan/pool';
import type { ClusterRow, JobRow, SnapshotAbout, SnapshotRow } from '@portolan/store';
import type { UserErrorCode } from '../errors/user-error-code.enum.js';

/** The path of text that came without one, in locations. */
export const DEFAULT_PATH = 'manifests.yaml';

/** Manifests that have arrived, and the key to what was made to hold them. */
export interface Upload {
  readonly source: UploadSource;
  /** SHA-256 (hexadecimal) over bytes and paths, to tell uploads apart. */
  readonly fingerprint: string;
  /** Frees what holds the bytes. Called once, when they are read or will not be. */
  readonly release: () => Promise<void>;
}

/** What a caller says about an upload, beside its content. */
export interface UploadOptions extends Pick<SnapshotAbout, 'completeness' | 'takenAt' | 'git'> {
  /** Refuse the whole upload when anything in it is wrong. */
  readonly isStrict: boolean;
  readonly idempotencyKey: string | null;
}

/** An upload to be made a snapshot. */
export interface IngestRequest {
  readonly cluster: ClusterRow;
  readonly upload: Upload;
  readonly options: UploadOptions;
  /** Who uploads it. */
  readonly actor: string;
}

/** Why nothing of an upload was stored. */
export interface Refusal {
  readonly code: UserErrorCode;
  readonly message: string;
  /** Those that refuse it. */
  readonly problems: readonly Problem[];
}

/** How an ingestion ended. Overload and our bugs are none of these: they are thrown. */
export type IngestOutcome =
  | {
      readonly kind: 'STORED';
      readonly job: JobRow;
      readonly snapshot: SnapshotRow;
      readonly deduplicated: boolean;
    }
  | { readonly kind: 'REFUSED'; readonly job: JobRow; readonly refusal: Refusal }
  | { readonly kind: 'CANCELLED'; readonly job: JobRow };
