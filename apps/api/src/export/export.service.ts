import { Inject, Injectable } from '@nestjs/common';
import { WorkerPool } from '@portolan/pool';
import type { AccessFormat } from '@portolan/report';
import { exportCaveats } from '@portolan/engine';
import type { Caveat } from '@portolan/model';
import { snapshotCaveats } from '@portolan/report';
import { IndexCache } from '../indexes/index-cache.js';
import { isEnforced } from '../reachability/assume-enforced.js';
import type { WantedExport } from './read-export-query.js';
import { findAddressed } from '../snapshots/find-addressed.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';

const MEDIA_TYPE = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  dot: 'text/vnd.graphviz; charset=utf-8',
  text: 'text/plain; charset=utf-8',
} as const satisfies Record<AccessFormat, string>;

/** A file that comes in pieces. */
export interface StreamedDocument {
  readonly mediaType: string;
  readonly fileName: string;
  /** What its content rests on. */
  readonly caveats: readonly Caveat[];
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Exports of snapshots, made in a worker while they are read. */
@Injectable()
export class ExportService {
  constructor(
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(WorkerPool) private readonly pool: WorkerPool,
  ) {}

  /**
   * All allowed access of a snapshot, named by its UUID or its global ID. Work begins with the first chunk and ends when
   * the signal aborts.
   * @throws RequestError NOT_FOUND when there is no such snapshot.
   */
  async allowedAccess(
    id: string,
    { format, groupBy, assumeEnforced }: WantedExport,
    signal: AbortSignal,
  ): Promise<StreamedDocument> {
    const row = await findAddressed(this.snapshots, id);
    const snapshot = await this.indexes.get(row);
    const { analysis } = snapshot;
    const exported = { groupBy, isEnforced: isEnforced(snapshot, assumeEnforced) };
    const about = { id: row.id, digest: row.digest, takenAt: row.takenAt.toISOString() };
    const caveats = [...exportCaveats(analysis, exported), ...snapshotCaveats(row, snapshot)];
    const request = { format, ...exported, about, caveats };
    return {
      mediaType: MEDIA_TYPE[format],
      fileName: `allowed-access-${row.digest.slice(0, 12)}.${format === 'text' ? 'txt' : format}`,
      caveats,
      chunks: this.pool.exportAccess(analysis.index, request, { signal }),
    };
  }
}
