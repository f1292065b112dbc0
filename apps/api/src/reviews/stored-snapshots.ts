import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_MANIFEST_LIMITS, type StoredSnapshot } from '@portolan/manifests';
import { SnapshotRepository, type SnapshotRow } from '@portolan/store';

const MAX_SKIPPED_KINDS = 2_000;

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

  async #load({ id, problemsOmitted }: SnapshotRow): Promise<StoredSnapshot> {
    const slice = { offset: 0, limit: DEFAULT_MANIFEST_LIMITS.maxProblems };
    const [segments, sources, problems, skippedKinds] = await Promise.all([
      this.snapshots.loadSegments(id),
      this.snapshots.loadSources(id),
      this.snapshots.problems(id, slice),
      this.snapshots.skippedKinds(id, MAX_SKIPPED_KINDS),
    ]);
    return { segments, sources, problems: problems.items, problemsOmitted, skippedKinds };
  }
}
