import type { ClusterAccess } from '@portolan/live';

/** What an import is told to do. */
export interface ImportOptions {
  /** Slug of the cluster in Portolan. */
  readonly cluster: string;
  /** Address of Portolan. */
  readonly server: URL;
  /** Bearer token for Portolan. */
  readonly token: string | null;
  /** The cluster itself. */
  readonly access: ClusterAccess;
  /** Store nothing when anything is wrong or missing. */
  readonly isStrict: boolean;
  /** Longest time for one request to the API server. */
  readonly requestMs: number;
}

/** The command line or the environment cannot be used. Never holds a token. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
