/** Types of stored objects that have a row of their own. */
const STORED_TYPES = ['Cluster', 'Snapshot', 'Job', 'ChangeReview'] as const;
/** A type of stored object. */
export type StoredType = (typeof STORED_TYPES)[number];

/** Types of objects inside a snapshot, named by their snapshot-wide index. */
const SNAPSHOT_OBJECT_TYPES = [
  'Namespace',
  'Workload',
  'Pod',
  'Policy',
  'Service',
  'Route',
] as const;
/** A type of object inside a snapshot. */
export type SnapshotObjectType = (typeof SNAPSHOT_OBJECT_TYPES)[number];

/** A row of the store. */
export type StoredId = {
  [Type in StoredType]: { readonly type: Type; readonly uuid: string };
}[StoredType];

/** An object of a snapshot. */
export type SnapshotObjectId = {
  [Type in SnapshotObjectType]: {
    readonly type: Type;
    readonly snapshot: string;
    readonly index: number;
  };
}[SnapshotObjectType];

/** What a global id names. */
export type GlobalId = StoredId | SnapshotObjectId;

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const STORED = new RegExp(`^(${STORED_TYPES.join('|')}):(${UUID})$`);
const SNAPSHOT_OBJECT = new RegExp(`^(${SNAPSHOT_OBJECT_TYPES.join('|')}):(${UUID}):(\\d{1,9})$`);

/** The opaque text of a global id (Relay's Node.id): base64url of `Type:uuid` or `Type:snapshot uuid:index`. */
export function encodeGlobalId(id: GlobalId): string {
  const text =
    'uuid' in id ? `${id.type}:${id.uuid}` : `${id.type}:${id.snapshot}:${String(id.index)}`;
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** Null when the text is no global id of ours; whether the object exists is the caller's to find out. */
export function decodeGlobalId(id: string): GlobalId | null {
  if (!/^[\w-]{1,200}$/.test(id)) return null;
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const [, storedType, uuid] = STORED.exec(text) ?? [];
  if (storedType !== undefined && uuid !== undefined) {
    return { type: storedType, uuid } as StoredId;
  }
  const [, type, snapshot, index] = SNAPSHOT_OBJECT.exec(text) ?? [];
  if (type === undefined || snapshot === undefined) return null;
  return { type, snapshot, index: Number(index) } as SnapshotObjectId;
}

/** The UUID of a snapshot that somebody names by its global id, or by the UUID as addresses have it; null for anything else. */
export function readSnapshotId(id: string): string | null {
  if (PLAIN.test(id)) return id.toLowerCase();
  const globalId = decodeGlobalId(id);
  return globalId?.type === 'Snapshot' ? globalId.uuid : null;
}

const PLAIN = new RegExp(`^${UUID}$`, 'i');
