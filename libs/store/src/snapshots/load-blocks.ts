import { createHash } from 'node:crypto';
import type { SegmentBytes } from '@portolan/model';
import type { PoolClient } from 'pg';
import type { Database } from '../database.js';
import { isUuid } from '../identifiers.js';
import { StoreError } from '../store-error.js';
import { copyOut } from './copy-out.js';
import { CHUNK_BYTES } from './write-blocks.js';

/** Which blocks of a snapshot's parts: column of snapshot_part. */
export type BlockColumn = 'segment_hash' | 'sources_hash';

/** Blocks begin at multiples of this, so that any typed array can be laid over them. */
const ALIGNMENT = 8;

/**
 * Reads the blocks of a snapshot into one shared buffer: first what there is and how long, then all bytes in one go, each chunk
 * copied once, from the network to its place.
 */
export async function loadBlocks(
  database: Database,
  snapshotId: string,
  column: BlockColumn,
): Promise<SegmentBytes[]> {
  // The id becomes part of a statement that takes no parameters.
  if (!isUuid(snapshotId)) throw damaged(snapshotId, 'it does not exist');
  return database.connection(async (client) => {
    const blocks = layOut(await findBlocks(client, snapshotId, column));
    await readChunks(client, snapshotId, column, blocks);
    const broken = blocks.find(
      (block) => block.received !== block.bytes.byteLength || !isAsStored(block),
    );
    if (broken !== undefined) {
      throw damaged(
        snapshotId,
        `block ${broken.hash} of namespace "${broken.namespace}" is not what was stored`,
      );
    }
    return blocks.map(({ namespace, hash, bytes }) => ({ namespace, hash, bytes }));
  });
}

interface StoredPart {
  readonly namespace: string;
  readonly hash: string;
  readonly size: number;
}

/** A part with its place in the buffer. */
interface LoadedBlock extends StoredPart {
  readonly bytes: Uint8Array;
  received: number;
}

async function findBlocks(
  client: PoolClient,
  snapshotId: string,
  column: BlockColumn,
): Promise<StoredPart[]> {
  const { rows } = await client.query<StoredPart & { partCount: number }>(
    `SELECT s.part_count AS "partCount", p.namespace, encode(p.${column}, 'hex') AS hash, b.size
     FROM snapshot s
     LEFT JOIN (snapshot_part p JOIN block b ON b.hash = p.${column}) ON p.snapshot_id = s.id
     WHERE s.id = $1 ORDER BY p.ordinal`,
    [snapshotId],
  );
  const partCount = rows[0]?.partCount;
  if (partCount === undefined) throw damaged(snapshotId, 'it does not exist');
  // A snapshot without parts is one row of nulls.
  const parts = partCount === 0 ? [] : rows;
  if (parts.length !== partCount) throw damaged(snapshotId, 'parts are missing');
  return parts;
}

function layOut(parts: readonly StoredPart[]): LoadedBlock[] {
  const buffer = new SharedArrayBuffer(parts.reduce((total, { size }) => total + aligned(size), 0));
  let start = 0;
  return parts.map((part) => {
    const bytes = new Uint8Array(buffer, start, part.size);
    start += aligned(part.size);
    return { ...part, bytes, received: 0 };
  });
}

async function readChunks(
  client: PoolClient,
  snapshotId: string,
  column: BlockColumn,
  blocks: readonly LoadedBlock[],
): Promise<void> {
  const statement = `
    SELECT p.ordinal, c.ordinal, c.bytes FROM snapshot_part p JOIN block_chunk c ON c.hash = p.${column}
    WHERE p.snapshot_id = '${snapshotId}'`;
  await copyOut(client, statement, ([part, chunk, bytes]) => {
    const block = part && blocks[part.readInt32BE()];
    if (block === undefined || chunk === undefined || bytes === undefined) {
      throw damaged(snapshotId, 'its parts are not numbered without gaps');
    }
    const start = chunk.readInt32BE() * CHUNK_BYTES;
    if (start + bytes.length > block.size)
      throw damaged(snapshotId, `block ${block.hash} is too long`);
    block.bytes.set(bytes, start);
    block.received += bytes.length;
  });
}

function isAsStored({ bytes, hash }: LoadedBlock): boolean {
  return createHash('sha256').update(bytes).digest('hex') === hash;
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}

function damaged(snapshotId: string, reason: string): StoreError {
  return new StoreError('DAMAGED', `Snapshot ${snapshotId} cannot be read: ${reason}.`);
}
