import type { ClusterRow, SnapshotRow } from '@portolan/store';
import type { Upload } from '../uploads/ingest-request.js';
import type { SaidReview, SaidSide } from './said-review.js';

/** A state whose snapshot is found. */
export interface PlannedSide extends Pick<SaidSide, 'hasManifests' | 'prune' | 'delete'> {
  readonly below: SnapshotRow | null;
  /** Slug of the cluster that the snapshot is of. */
  readonly belowCluster: string | null;
}

/** A review of which everything is known but the manifests. */
export interface PlannedReview {
  readonly said: SaidReview;
  readonly cluster: ClusterRow;
  readonly base: PlannedSide;
  readonly head: PlannedSide;
  /** The snapshot whose profile holds for both states; null when the cluster has none. */
  readonly profiled: SnapshotRow | null;
}

/** Manifests that came with a request. */
export interface ReviewUploads {
  readonly base: Upload | null;
  readonly head: Upload | null;
}

/** Removes the manifests. For when no job takes them over. */
export async function releaseUploads({ base, head }: ReviewUploads): Promise<void> {
  await Promise.all([base?.release(), head?.release()]);
}
