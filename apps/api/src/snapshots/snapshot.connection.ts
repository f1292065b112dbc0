import { connectionType } from '../relay/connection.model.js';
import { SnapshotModel } from './snapshot.model.js';

export const SnapshotConnection = connectionType('Snapshot', () => SnapshotModel);
