import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Analysis } from '@portolan/engine';
import {
  keepPolicies,
  type PolicySwitches,
  type SegmentBytes,
  SourceView,
  switchesKey,
} from '@portolan/model';
import { WorkerPool } from '@portolan/pool';
import { SnapshotRepository, type SnapshotRow } from '@portolan/store';
import { type Config, CONFIG } from '../config/config.js';
import { SnapshotProfiles } from './snapshot-profiles.js';
import type { IndexedSnapshot } from './indexed-snapshot.js';
import { MemoCache } from './memo-cache.js';

/** Part of the memory for indexes that goes to the places of objects and rules. */
const SOURCES_SHARE = 1 / 8;

/**
 * Indexes of the snapshots that were asked about lately, bounded by bytes. A missing index is loaded in one read and built
 * in a worker, once for all that ask for it. Rows of equal content share one.
 */
@Injectable()
export class IndexCache {
  readonly #analyses: MemoCache<Analysis>;
  readonly #sources: MemoCache<readonly SegmentBytes[]>;

  constructor(
    @Inject(WorkerPool) private readonly pool: WorkerPool,
    @Inject(SnapshotRepository) private readonly snapshots: SnapshotRepository,
    @Inject(SnapshotProfiles) private readonly profiles: SnapshotProfiles,
    @Inject(CONFIG) { indexCacheBytes }: Config,
  ) {
    this.#analyses = new MemoCache({
      maxWeight: indexCacheBytes * (1 - SOURCES_SHARE),
      weigh: ({ index }) => index.byteLength,
    });
    this.#sources = new MemoCache({
      maxWeight: indexCacheBytes * SOURCES_SHARE,
      weigh: (blocks) => blocks.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
    });
  }

  /**
   * The snapshot, ready for questions; its policies are read as its profile says, or as `given`. Fails as the pool and the store do; a failure is not remembered.
   */
  async get(row: SnapshotRow, given: PolicySwitches | null = null): Promise<IndexedSnapshot> {
    let loading: Promise<readonly SegmentBytes[]> | null = null;
    const segments = (): Promise<readonly SegmentBytes[]> =>
      (loading ??= this.snapshots.loadSegments(row.id));
    const profile = await this.profiles.of(row, segments);
    const switches = given ?? profile.profile;
    const key = `${row.key} ${switchesKey(switches)}`;
    const analysis = await this.#analyses.get(key, () => this.#analyse(segments, switches));
    const { view } = analysis;
    let sources: Promise<SourceView> | null = null;
    return {
      ...profile,
      row,
      key,
      analysis,
      view,
      sources: () =>
        (sources ??= this.sourceBlocks(row).then((blocks) => new SourceView(view, blocks))),
    };
  }

  /** The blocks that `sources` of a snapshot reads. Fails as the store does. */
  sourceBlocks({ id, key }: SnapshotRow): Promise<readonly SegmentBytes[]> {
    return this.#sources.get(key, () => this.snapshots.loadSources(id));
  }

  /**
   * The same snapshot where only these policies (snapshot-wide indices) exist: policies have other indices, and `sources` does not fit them. Fails
   * as `get` does.
   */
  async withPolicies(
    { key: whole, analysis: { index }, ...snapshot }: IndexedSnapshot,
    policies: readonly number[],
  ): Promise<IndexedSnapshot> {
    const chosen = createHash('sha256').update(policies.join()).digest('hex');
    const key = `${whole} only ${chosen}`;
    const kept = new Set(policies);
    const analysis = await this.#analyses.get(key, () =>
      this.#analyse(
        () => Promise.resolve(keepPolicies(index.segments, (policy) => kept.has(policy))),
        index.switches,
      ),
    );
    const { view } = analysis;
    return { ...snapshot, key, analysis, view };
  }

  async #analyse(
    segments: () => Promise<readonly SegmentBytes[]>,
    switches: PolicySwitches,
  ): Promise<Analysis> {
    return new Analysis(await this.pool.buildIndex(await segments(), toSwitches(switches)));
  }
}

/** Of a profile what the index is built for, and nothing else. */
function toSwitches({
  ipBlockMatchesPods,
  hostNetworkPods,
  allowNodeToLocalPods,
  priorityTies,
  otherProtocols,
}: PolicySwitches): PolicySwitches {
  return {
    ipBlockMatchesPods,
    hostNetworkPods,
    allowNodeToLocalPods,
    priorityTies,
    otherProtocols,
  };
}
