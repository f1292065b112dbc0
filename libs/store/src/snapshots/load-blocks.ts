import type { SegmentBytes } from '@portolan/model';
import type { Database } from '../database.js';
import { isUuid } from '../identifiers.js';
import { StoreError } from '../store-error.js';

/** Blocks begin at multiples of this, so that any typed array can be laid over them. */
const ALIGNMENT = 8;

/** Reads the blocks of a snapshot into one shared buffer. */
export async function loadBlocks(
  database: Database,
  snapshotId: string,
  column: 'segment_hash' | 'sources_hash',
): Promise<SegmentBytes[]> {
  const rows = isUuid(snapshotId) ? await readRows(database, snapshotId, column) : [];
  const first = rows[0];
  if (first === undefined)
    throw new StoreError('DAMAGED', `Snapshot ${snapshotId} does not exist.`);
  const namespaces = new Map<number, Row[]>();
  for (const row of rows) {
    if (row.ordinal === null) continue;
    const known = namespaces.get(row.ordinal);
    if (known === undefined) namespaces.set(row.ordinal, [row]);
    else known.push(row);
  }
  if (namespaces.size !== first.partCount) {
    throw new StoreError('DAMAGED', `Snapshot ${snapshotId} lacks parts.`);
  }
  const parts = [...namespaces.values()];
  const sizes = parts.map((chunks) => chunks[0]?.size ?? 0);
  const buffer = new SharedArrayBuffer(sizes.reduce((total, size) => total + align(size), 0));
  let start = 0;
  return parts.map((chunks, i) => {
    const size = sizes[i] ?? 0;
    const bytes = new Uint8Array(buffer, start, size);
    start += align(size);
    let end = 0;
    for (const { bytes: chunk } of chunks) {
      if (chunk === null) continue;
      if (end + chunk.byteLength <= size) bytes.set(chunk, end);
      end += chunk.byteLength;
    }
    const namespace = chunks[0]?.namespace ?? '';
    if (end !== size)
      throw new StoreError('DAMAGED', `The block of namespace "${namespace}" is damaged.`);
    return { namespace, bytes };
  });
}

interface Row {
  readonly partCount: number;
  readonly ordinal: number | null;
  readonly namespace: string | null;
  readonly size: number | null;
  readonly bytes: Buffer | null;
}

function readRows(database: Database, snapshotId: string, column: string): Promise<Row[]> {
  return database.query<Row>(
    `SELECT s.part_count AS "partCount", p.ordinal, p.namespace, b.size, c.bytes
     FROM snapshot s
     LEFT JOIN snapshot_part p ON p.snapshot_id = s.id
     LEFT JOIN block b ON b.hash = p.${column}
     LEFT JOIN block_chunk c ON c.hash = b.hash
     WHERE s.id = $1 ORDER BY p.ordinal, c.ordinal`,
    [snapshotId],
  );
}

function align(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}
