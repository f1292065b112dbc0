import { Inject, Injectable } from '@nestjs/common';
import type { SnapshotIndex } from '@portolan/engine';
import { invariant, type PolicySwitches } from '@portolan/model';
import type { ReviewCall, ReviewedUpload, UploadSource } from '@portolan/pool';
import {
  ClusterRepository,
  type ClusterRow,
  SnapshotRepository,
  type SnapshotRow,
} from '@portolan/store';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { IndexCache } from '../indexes/index-cache.js';
import {
  profileWithoutSnapshot,
  type SnapshotProfile,
  SnapshotProfiles,
} from '../indexes/snapshot-profiles.js';
import { manifestLimits } from '../uploads/manifest-limits.js';
import type { ReviewWork, SideWork } from './review-work.js';
import { sideName } from './side-name.js';
import { StoredSnapshots } from './stored-snapshots.js';

/** The manifests of both states, on this machine. */
export interface ReviewSources {
  readonly base: UploadSource | null;
  readonly head: UploadSource | null;
}

/** Makes of a review and its manifests what a thread needs. */
@Injectable()
export class ReviewCallService {
  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(ClusterRepository) private readonly clusters: ClusterRepository,
    @Inject(SnapshotRepository) private readonly snapshots: SnapshotRepository,
    @Inject(StoredSnapshots) private readonly stored: StoredSnapshots,
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(SnapshotProfiles) private readonly profiles: SnapshotProfiles,
  ) {}

  /** Both states are read as the profile of the cluster says. Fails as the store and the pool do. */
  async prepare(
    clusterId: string,
    work: ReviewWork,
    sources: ReviewSources,
    today: string,
  ): Promise<ReviewCall> {
    const { terms, base, head } = work;
    const cluster = await this.clusters.findById(clusterId);
    invariant(cluster !== null, 'a job has a cluster');
    const rows = await Promise.all([base.below, head.below, work.profiled].map(this.#find));
    const [baseRow = null, headRow = null, profiled = null] = rows;
    const { profile, detections } = await this.#profileOf(profiled, cluster);
    const [below, above] = await this.stored.load([baseRow, headRow]);
    return {
      cluster: cluster.slug,
      path: terms.path,
      base: {
        name: sideName(terms.path, base),
        below: below ?? null,
        index: await this.#indexOf(base, baseRow, profile),
        uploads: sources.base === null ? [] : [layer(sources.base, base)],
      },
      head: {
        name: sideName(terms.path, head),
        below: above ?? null,
        index: await this.#indexOf(head, headRow, profile),
        uploads: headLayers(work, sources),
      },
      isWholeCluster: [baseRow, headRow].every((row) => row?.completeness === 'COMPLETE'),
      switches: profile,
      enforcement: { profile, detections },
      gates: terms.gates,
      minSeverity: terms.minSeverity,
      exceptions: terms.exceptions,
      invariants: terms.invariants,
      settings: terms.settings,
      today: terms.today ?? today,
      isStrict: terms.isStrict,
      mayBeEmpty: terms.mayBeEmpty,
      limits: manifestLimits(this.config),
    };
  }

  /** Snapshots are not deleted while anything names them. */
  readonly #find = async (id: string | null): Promise<SnapshotRow | null> => {
    if (id === null) return null;
    const row = await this.snapshots.findById(id);
    invariant(row !== null, `the snapshot ${id} of a review is there`);
    return row;
  };

  async #profileOf(profiled: SnapshotRow | null, cluster: ClusterRow): Promise<SnapshotProfile> {
    return profiled === null ? profileWithoutSnapshot(cluster.profile) : this.profiles.of(profiled);
  }

  /** That of a stored snapshot as it is; what manifests are laid over gets an index in the thread. */
  async #indexOf(
    { hasManifests }: SideWork,
    below: SnapshotRow | null,
    switches: PolicySwitches,
  ): Promise<SnapshotIndex | null> {
    if (below === null || hasManifests) return null;
    return (await this.indexes.get(below, switches)).analysis.index;
  }
}

function headLayers(
  { terms, head }: ReviewWork,
  sources: ReviewSources,
): readonly ReviewedUpload[] {
  if (sources.head === null) return [];
  const own = layer(sources.head, head);
  if (!terms.prunesFolder || sources.base === null) return [own];
  return [{ upload: sources.base, effect: 'REMOVE', prune: null, delete: [] }, own];
}

function layer(upload: UploadSource, side: SideWork): ReviewedUpload {
  return { upload, effect: 'ADD', prune: side.prune, delete: side.delete };
}
