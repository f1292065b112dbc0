import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Analysis } from '@portolan/engine';
import {
  keepPolicies,
  type LaidPolicies,
  layPolicies,
  type PolicySwitches,
  type SegmentBytes,
  SourceView,
  switchesKey,
} from '@portolan/model';
import { WorkerPool } from '@portolan/pool';
import { SnapshotRepository, type SnapshotRow } from '@portolan/store';
import { type Config, CONFIG } from '../config/config.js';
import { type SnapshotProfile, SnapshotProfiles } from './snapshot-profiles.js';
import type { IndexedSnapshot } from './indexed-snapshot.js';
import { MemoCache } from './memo-cache.js';

type LoadSegments = () => Promise<readonly SegmentBytes[]>;

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
  get(row: SnapshotRow, given: PolicySwitches | null = null): Promise<IndexedSnapshot> {
    return this.#read(row, this.#segmentsOf(row), given);
  }

  /**
   * What `work` makes of the snapshot. It begins with the settings that were read last, while they are read again: the way to
   * the database takes as long as a light question. When they have changed it is done again, and what came of the first
   * is thrown away. Fails as `get` and `work` do.
   */
  async ask<Answer>(
    row: SnapshotRow,
    work: (snapshot: IndexedSnapshot) => Promise<Answer>,
  ): Promise<Answer> {
    const segments = this.#segmentsOf(row);
    const reading = this.#read(row, segments, null);
    reading.catch(ignore);
    const likely = await this.#likely(row, segments).catch(ignore);
    if (likely === null || likely === undefined) return work(await reading);
    // The database is asked before this thread is busy.
    await new Promise(setImmediate);
    const begun = work(likely);
    begun.catch(ignore);
    const snapshot = await reading;
    return snapshot.settings === likely.settings ? begun : work(snapshot);
  }

  /** Reads the segments once, however often they are asked for, and only then. */
  #segmentsOf({ id }: SnapshotRow): LoadSegments {
    let loading: Promise<readonly SegmentBytes[]> | null = null;
    return () => (loading ??= this.snapshots.loadSegments(id));
  }

  async #read(
    row: SnapshotRow,
    segments: LoadSegments,
    given: PolicySwitches | null,
  ): Promise<IndexedSnapshot> {
    return this.#index(row, segments, await this.profiles.of(row, segments), given);
  }

  async #likely(row: SnapshotRow, segments: LoadSegments): Promise<IndexedSnapshot | null> {
    const profile = await this.profiles.lastOf(row, segments);
    return profile === null ? null : this.#index(row, segments, profile, null);
  }

  async #index(
    row: SnapshotRow,
    segments: LoadSegments,
    profile: SnapshotProfile,
    given: PolicySwitches | null,
  ): Promise<IndexedSnapshot> {
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

  /**
   * The pods of a snapshot with policies (snapshot-wide indices, null = all) of another one, instead of its own or beside them.
   * What `withPolicies` says of it holds as well.
   */
  async withPoliciesOf(
    { key: whole, analysis: { index }, ...snapshot }: IndexedSnapshot,
    other: Pick<IndexedSnapshot, 'key' | 'analysis'>,
    policies: readonly number[] | null,
    how: LaidPolicies,
  ): Promise<IndexedSnapshot> {
    const chosen =
      policies === null ? 'all' : createHash('sha256').update(policies.join()).digest('hex');
    const key = `${whole} ${how} ${chosen} of ${other.key}`;
    const kept = policies === null ? null : new Set(policies);
    const { segments } = other.analysis.index;
    const isLaid = (policy: number): boolean => kept?.has(policy) ?? true;
    const analysis = await this.#analyses.get(key, () =>
      this.#analyse(
        () => Promise.resolve(layPolicies(index.segments, segments, isLaid, how)),
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

/** For failures that are told elsewhere. */
function ignore(): void {
  // Nothing to do.
}
