import { connectionType } from '../relay/connection.model.js';
import { SnapshotModel } from './snapshot.model.js';

/** A page of snapshots. */
export const SnapshotConnection = connectionType('Snapshot', () => SnapshotModel);
