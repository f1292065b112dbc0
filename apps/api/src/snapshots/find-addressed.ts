import type { SnapshotRow } from '@portolan/store';
import { RequestError } from '../errors/request-error.js';
import { readSnapshotId } from '../relay/global-id.js';
import type { SnapshotsService } from './snapshots.service.js';

/**
 * The snapshot that an address of REST names by its UUID or its global ID.
 * @throws RequestError NOT_FOUND when there is no such snapshot.
 */
export async function findAddressed(snapshots: SnapshotsService, id: string): Promise<SnapshotRow> {
  const uuid = readSnapshotId(id);
  const row = uuid === null ? null : await snapshots.findById(uuid);
  if (row === null) throw new RequestError('NOT_FOUND', 'There is no such snapshot.');
  return row;
}
