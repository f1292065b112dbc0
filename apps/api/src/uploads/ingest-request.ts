import type { Problem } from '@portolan/model';
import type { ClusterRow, JobRow, SnapshotAbout, SnapshotRow } from '@portolan/store';
import type { UserErrorCode } from '../errors/user-error-code.enum.js';
import type { StoredUpload } from './stored-upload.js';

/** The path of text that came without one, in locations. */
export const DEFAULT_PATH = 'manifests.yaml';

/** Manifests that have arrived, and lie in the database. */
export interface Upload {
  readonly stored: StoredUpload;
  /** SHA-256 (hexadecimal) over bytes and paths, to tell uploads apart. */
  readonly fingerprint: string;
  /** Removes the bytes. For when no job takes them over. */
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

/** What a worker needs to know of an IngestRequest; as JSON. */
export interface IngestWork {
  readonly upload: StoredUpload;
  readonly completeness: UploadOptions['completeness'];
  /** RFC 3339. */
  readonly takenAt: string | null;
  readonly git: UploadOptions['git'];
  readonly isStrict: boolean;
  readonly actor: string;
}

/** Why nothing of an upload was stored. */
export interface Refusal {
  readonly code: UserErrorCode;
  readonly message: string;
  /** Those that refuse it. */
  readonly problems: readonly Problem[];
}

/** How an ingestion ended. */
export type IngestOutcome =
  | {
      readonly kind: 'STORED';
      readonly job: JobRow;
      readonly snapshot: SnapshotRow;
      readonly deduplicated: boolean;
    }
  | { readonly kind: 'REFUSED'; readonly job: JobRow; readonly refusal: Refusal }
  | { readonly kind: 'CANCELLED'; readonly job: JobRow };
