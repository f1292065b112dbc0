import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';

/** Where an object model comes from, for its field resolvers. Never part of the schema. */
export interface ObjectOrigin {
  readonly snapshot: IndexedSnapshot;
  /** The object's snapshot-wide index (see SnapshotView). */
  readonly index: number;
}
