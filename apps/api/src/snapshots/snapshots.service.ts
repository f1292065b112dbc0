import { Inject, Injectable } from '@nestjs/common';
import type { InputOutcome, PageRequest, Problem, SkippedKind } from '@portolan/model';
import {
  type Page,
  type SnapshotFilter,
  SnapshotRepository,
  type SnapshotRow,
  type SnapshotSourceKind,
} from '@portolan/store';
import DataLoader from 'dataloader';
import { ClustersService } from '../clusters/clusters.service.js';
import { MemoCache } from '../indexes/memo-cache.js';
import { type Connection, toConnection } from '../relay/connection.js';
import { readSnapshotId } from '../relay/global-id.js';
import { readPage } from '../relay/page.js';
import { toInputItemModel } from './input-item.mapper.js';
import type { InputItemModel } from './input-item.model.js';
import { toSnapshotModel } from './snapshot.mapper.js';
import type { SnapshotModel } from './snapshot.model.js';
import type { SnapshotRefInput } from './snapshot-ref.input.js';
import type { InputReportArgs, SnapshotFilterInput, SnapshotsArgs } from './snapshots.args.js';
import { isGiven } from '../schema/is-given.js';

/** Kinds that were not indexed: how many of them a snapshot lists. */
export const MAX_SKIPPED_KINDS = 100;
const REMEMBERED_ROWS = 1000;

/** Stored snapshots: finding and listing them. */
@Injectable()
export class SnapshotsService {
  // Stored snapshots never change: their rows are remembered, what was not found is not.
  readonly #rows = new MemoCache<SnapshotRow | null>({
    maxWeight: REMEMBERED_ROWS,
    weigh: (row) => (row === null ? Infinity : 1),
  });
  // Batch what one tick asks for, and keep nothing.
  readonly #byId: DataLoader<string, SnapshotRow | null>;
  readonly #latest: DataLoader<string, SnapshotRow | null>;

  constructor(
    @Inject(SnapshotRepository) private readonly snapshots: SnapshotRepository,
    @Inject(ClustersService) private readonly clusters: ClustersService,
  ) {
    this.#byId = new DataLoader((ids) => snapshots.findByIds(ids), { cache: false });
    this.#latest = new DataLoader((ids) => snapshots.latestOfEach(ids), { cache: false });
  }

  findById(id: string): Promise<SnapshotRow | null> {
    return this.#rows.get(id, () => this.#byId.load(id));
  }

  /** Null when there is no such snapshot, cluster, or id. */
  async resolveRef(ref: SnapshotRefInput): Promise<SnapshotRow | null> {
    const { id, digest, latestOf, at, commit } = ref;
    if (isGiven(id)) {
      const uuid = readSnapshotId(id);
      return uuid === null ? null : this.findById(uuid);
    }
    if (isGiven(digest)) return this.snapshots.findByDigest(digest.toLowerCase());
    // @oneOf: one of the three is left.
    const slug = latestOf?.cluster ?? at?.cluster ?? commit?.cluster ?? '';
    const cluster = await this.clusters.findBySlug(slug);
    if (cluster === null) return null;
    if (isGiven(at)) return this.snapshots.at(cluster.id, at.at);
    if (isGiven(commit)) return this.snapshots.ofCommit(cluster.id, commit.commit);
    return this.latestOf(cluster.id, latestOf?.source ?? null);
  }

  latestOf(clusterId: string, source: SnapshotSourceKind | null): Promise<SnapshotRow | null> {
    return source === null
      ? this.#latest.load(clusterId)
      : this.snapshots.latestOf(clusterId, source);
  }

  at(clusterId: string, time: Date): Promise<SnapshotRow | null> {
    return this.snapshots.at(clusterId, time);
  }

  async list(clusterId: string, args: SnapshotsArgs): Promise<Connection<SnapshotModel>> {
    const page = readPage(args);
    const { items, total } = await this.snapshots.list(clusterId, toFilter(args.filter), page);
    return toConnection(items.map(toSnapshotModel), total, page);
  }

  async inputReport(
    snapshotId: string,
    args: InputReportArgs,
  ): Promise<Connection<InputItemModel>> {
    const page = readPage(args);
    const outcome = isGiven(args.outcome) ? { outcome: args.outcome } : {};
    const { items, total } = await this.problems(snapshotId, { ...page, ...outcome });
    return toConnection(items.map(toInputItemModel), total, page);
  }

  /** Problems of the upload, in input order. */
  problems(
    snapshotId: string,
    slice: PageRequest & { readonly outcome?: InputOutcome },
  ): Promise<Page<Problem>> {
    return this.snapshots.problems(snapshotId, slice);
  }

  /** The first kinds that were not indexed. */
  skippedKinds(snapshotId: string): Promise<readonly SkippedKind[]> {
    return this.snapshots.skippedKinds(snapshotId, MAX_SKIPPED_KINDS);
  }
}

function toFilter(filter: SnapshotFilterInput | null | undefined): SnapshotFilter {
  if (!isGiven(filter)) return {};
  const { source, since, until, commit } = filter;
  return {
    ...(isGiven(source) ? { sourceKind: source } : {}),
    ...(isGiven(since) ? { since } : {}),
    ...(isGiven(until) ? { until } : {}),
    ...(isGiven(commit) ? { commit } : {}),
  };
}
