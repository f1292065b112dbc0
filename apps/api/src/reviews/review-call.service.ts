import { Inject, Injectable } from '@nestjs/common';
import type { SnapshotIndex } from '@portolan/engine';
import type { PolicySwitches } from '@portolan/model';
import type { ReviewCall, ReviewedUpload } from '@portolan/pool';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { IndexCache } from '../indexes/index-cache.js';
import {
  profileWithoutSnapshot,
  type SnapshotProfile,
  SnapshotProfiles,
} from '../indexes/snapshot-profiles.js';
import type { Upload } from '../uploads/ingest-request.js';
import { manifestLimits } from '../uploads/manifest-limits.js';
import type { PlannedReview, PlannedSide, ReviewUploads } from './planned-review.js';
import { sideName } from './side-name.js';
import { StoredSnapshots } from './stored-snapshots.js';

/** Makes of a plan and its manifests what a worker needs. */
@Injectable()
export class ReviewCallService {
  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(StoredSnapshots) private readonly stored: StoredSnapshots,
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(SnapshotProfiles) private readonly profiles: SnapshotProfiles,
  ) {}

  /** Both states are read as the profile of the cluster says. Fails as the store and the pool do. */
  async prepare(plan: PlannedReview, uploads: ReviewUploads, today: string): Promise<ReviewCall> {
    const { said, cluster, base, head } = plan;
    const { profile, detections } = await this.#profileOf(plan);
    const [below, above] = await this.stored.load([base.below, head.below]);
    return {
      cluster: cluster.slug,
      path: said.path,
      base: {
        name: sideName(said.path, base),
        below: below ?? null,
        index: await this.#indexOf(base, profile),
        uploads: uploads.base === null ? [] : [layer(uploads.base, base)],
      },
      head: {
        name: sideName(said.path, head),
        below: above ?? null,
        index: await this.#indexOf(head, profile),
        uploads: headLayers(plan, uploads),
      },
      isWholeCluster: [base, head].every(({ below: row }) => row?.completeness === 'COMPLETE'),
      switches: profile,
      enforcement: { profile, detections },
      gates: said.gates,
      minSeverity: said.minSeverity,
      exceptions: said.exceptions,
      invariants: said.invariants,
      settings: said.settings,
      today: said.today ?? today,
      isStrict: said.isStrict,
      mayBeEmpty: said.mayBeEmpty,
      limits: manifestLimits(this.config),
    };
  }

  async #profileOf({ profiled, cluster }: PlannedReview): Promise<SnapshotProfile> {
    return profiled === null ? profileWithoutSnapshot(cluster.profile) : this.profiles.of(profiled);
  }

  /** That of a stored snapshot as it is; what manifests are laid over gets an index in the worker. */
  async #indexOf(
    { below, hasManifests }: PlannedSide,
    switches: PolicySwitches,
  ): Promise<SnapshotIndex | null> {
    if (below === null || hasManifests) return null;
    return (await this.indexes.get(below, switches)).analysis.index;
  }
}

function headLayers(
  { said, head }: PlannedReview,
  uploads: ReviewUploads,
): readonly ReviewedUpload[] {
  if (uploads.head === null) return [];
  const own = layer(uploads.head, head);
  if (!said.prunesFolder || uploads.base === null) return [own];
  const { source } = uploads.base;
  return [{ upload: source, effect: 'REMOVE', prune: null, delete: [] }, own];
}

function layer({ source }: Upload, side: PlannedSide): ReviewedUpload {
  return { upload: source, effect: 'ADD', prune: side.prune, delete: side.delete };
}
