import type { SnapshotRow } from '@portolan/store';
import { BadQuestionError } from '../errors/bad-question.error.js';
import type { SnapshotRefInput } from '../snapshots/snapshot-ref.input.js';
import type { SnapshotsService } from '../snapshots/snapshots.service.js';

/** @throws BadQuestionError NOT_FOUND when there is no such snapshot. */
export async function findSnapshot(
  snapshots: SnapshotsService,
  ref: SnapshotRefInput,
  argument: string,
): Promise<SnapshotRow> {
  const row = await snapshots.resolveRef(ref);
  if (row !== null) return row;
  throw new BadQuestionError({
    code: 'NOT_FOUND',
    argument,
    message: `There is no snapshot that \`${argument}\` refers to.`,
  });
}
