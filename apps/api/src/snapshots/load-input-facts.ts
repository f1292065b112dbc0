import { DEFAULT_MANIFEST_LIMITS } from '@portolan/manifests';
import type { Problem, SkippedKind } from '@portolan/model';
import type { SnapshotRepository, SnapshotRow } from '@portolan/store';

const MAX_SKIPPED_KINDS = 2_000;

/** What ingestion said of the input of a snapshot. */
export interface InputFacts {
  readonly problems: readonly Problem[];
  readonly problemsOmitted: number;
  readonly skippedKinds: readonly SkippedKind[];
}

/** All that is stored of it. Fails as the store does. */
export async function loadInputFacts(
  snapshots: SnapshotRepository,
  { id, problemsOmitted }: SnapshotRow,
): Promise<InputFacts> {
  const slice = { offset: 0, limit: DEFAULT_MANIFEST_LIMITS.maxProblems };
  const [problems, skippedKinds] = await Promise.all([
    snapshots.problems(id, slice),
    snapshots.skippedKinds(id, MAX_SKIPPED_KINDS),
  ]);
  return { problems: problems.items, problemsOmitted, skippedKinds };
}
