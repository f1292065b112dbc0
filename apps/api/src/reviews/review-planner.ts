import { Inject, Injectable } from '@nestjs/common';
import type { ClusterRow, SnapshotRow } from '@portolan/store';
import { ClustersService } from '../clusters/clusters.service.js';
import type { UserError } from '../errors/user-error.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import type { PlannedReview, PlannedSide } from './planned-review.js';
import type { SaidReview, SaidSide } from './said-review.js';

/** Finds what a review refers to, before any manifests are received. */
@Injectable()
export class ReviewPlanner {
  constructor(
    @Inject(ClustersService) private readonly clusters: ClustersService,
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
  ) {}

  /** The plan, or what the caller has to change. */
  async plan(said: SaidReview): Promise<PlannedReview | UserError> {
    const cluster = await this.clusters.findBySlug(said.cluster);
    if (cluster === null) return unknownCluster(said.cluster);
    const head = await this.#side(said.head);
    if ('code' in head) return head;
    const base = await this.#base(said.base, head, cluster);
    if ('code' in base) return base;
    const profiled = head.below ?? base.below ?? (await this.snapshots.latestOf(cluster.id, null));
    return { said, cluster, base, head, profiled };
  }

  async #base(
    said: SaidSide | null,
    head: PlannedSide,
    cluster: ClusterRow,
  ): Promise<PlannedSide | UserError> {
    if (said !== null) return this.#side(said);
    const below = head.below ?? (await this.snapshots.latestOf(cluster.id, null));
    if (below === null) return noBase(cluster);
    const belowCluster = await this.#slugOf(below);
    return { below, belowCluster, hasManifests: false, prune: null, delete: [] };
  }

  async #side(said: SaidSide): Promise<PlannedSide | UserError> {
    const { hasManifests, prune, below: ref, belowField } = said;
    const own = { hasManifests, prune, delete: said.delete };
    if (ref === null) return { below: null, belowCluster: null, ...own };
    const below = await this.snapshots.resolveRef(ref);
    if (below === null)
      return { code: 'NOT_FOUND', message: 'There is no such snapshot', field: belowField };
    return { below, belowCluster: await this.#slugOf(below), ...own };
  }

  async #slugOf({ clusterId }: SnapshotRow): Promise<string> {
    return (await this.clusters.findById(clusterId))?.slug ?? '';
  }
}

function unknownCluster(slug: string): UserError {
  return {
    code: 'NOT_FOUND',
    message: `There is no cluster "${slug.slice(0, 80)}": make it with the mutation createCluster`,
    field: ['cluster'],
  };
}

function noBase({ slug }: ClusterRow): UserError {
  return {
    code: 'NOT_FOUND',
    message: `The cluster "${slug}" has no snapshot to compare with: send a base, or upload a snapshot first`,
    field: ['base'],
  };
}
