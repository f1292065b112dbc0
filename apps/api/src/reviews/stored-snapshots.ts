import { Inject, Injectable } from '@nestjs/common';
import type { StoredSnapshot } from '@portolan/manifests';
import { SnapshotRepository, type SnapshotRow } from '@portolan/store';
import { loadInputFacts } from '../snapshots/load-input-facts.js';

/** Loads snapshots as manifests can be laid over them. Fails as the store does. */
@Injectable()
export class StoredSnapshots {
  constructor(@Inject(SnapshotRepository) private readonly snapshots: SnapshotRepository) {}

  /** Each once, however often it is named. */
  async load(rows: readonly (SnapshotRow | null)[]): Promise<(StoredSnapshot | null)[]> {
    const loading = new Map<string, Promise<StoredSnapshot>>();
    return Promise.all(
      rows.map((row) => {
        if (row === null) return Promise.resolve(null);
        const known = loading.get(row.id) ?? this.#load(row);
        loading.set(row.id, known);
        return known;
      }),
    );
  }

  async #load(row: SnapshotRow): Promise<StoredSnapshot> {
    const [segments, sources, facts] = await Promise.all([
      this.snapshots.loadSegments(row.id),
      this.snapshots.loadSources(row.id),
      loadInputFacts(this.snapshots, row),
    ]);
    return { segments, sources, ...facts };
  }
}
