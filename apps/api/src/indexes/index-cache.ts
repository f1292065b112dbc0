import { Inject, Injectable } from '@nestjs/common';
import { Analysis } from '@portolan/engine';
import { DEFAULT_SWITCHES, type SegmentBytes, SourceView } from '@portolan/model';
import { WorkerPool } from '@portolan/pool';
import { SnapshotRepository, type SnapshotRow } from '@portolan/store';
import { type Config, CONFIG } from '../config/config.js';
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
   * The snapshot, ready for questions. Fails as the pool and the store do; a failure is not remembered.
   */
  async get(row: SnapshotRow): Promise<IndexedSnapshot> {
    const analysis = await this.#analyses.get(row.key, () => this.#analyse(row));
    const { view } = analysis;
    let sources: Promise<SourceView> | null = null;
    return {
      row,
      analysis,
      view,
      sources: () =>
        (sources ??= this.#loadSources(row).then((blocks) => new SourceView(view, blocks))),
    };
  }

  async #analyse({ id }: SnapshotRow): Promise<Analysis> {
    const segments = await this.snapshots.loadSegments(id);
    return new Analysis(await this.pool.buildIndex(segments, DEFAULT_SWITCHES));
  }

  #loadSources({ id, key }: SnapshotRow): Promise<readonly SegmentBytes[]> {
    return this.#sources.get(key, () => this.snapshots.loadSources(id));
  }
}
