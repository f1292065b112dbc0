import { compareText, type SnapshotPart, type StoredBlock } from '@portolan/model';
import type { PoolClient } from 'pg';

/** Bytes of a chunk: PostgreSQL is slow with larger values. A check of the table has the same number. */
export const CHUNK_BYTES = 1 << 20;

/** Bytes sent with one statement: bounds memory here and there. */
const BATCH_BYTES = 8 * CHUNK_BYTES;

/**
 * Writes the blocks of a snapshot that are not stored yet. Every transaction inserts in the order of the hashes, so two that
 * share blocks wait for each other but never in a circle. Only new blocks send their bytes.
 */
export async function writeBlocks(
  client: PoolClient,
  parts: readonly SnapshotPart[],
): Promise<void> {
  const blocks = distinctBlocks(parts);
  const isNew = await insertBlocks(client, blocks);
  for (const batch of batches(chunksOf(blocks.filter(({ hash }) => isNew.has(hash))))) {
    await insertChunks(client, batch);
  }
}

function distinctBlocks(parts: readonly SnapshotPart[]): StoredBlock[] {
  const byHash = new Map<string, StoredBlock>();
  for (const { segment, sources } of parts)
    byHash.set(segment.hash, segment).set(sources.hash, sources);
  return [...byHash.values()].sort((a, b) => compareText(a.hash, b.hash));
}

/** The hashes that were not stored before. Waits for transactions that are storing one of them. */
async function insertBlocks(
  client: PoolClient,
  blocks: readonly StoredBlock[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ hash: string }>(
    `INSERT INTO block (hash, size)
     SELECT decode(hash, 'hex'), size FROM unnest($1::text[], $2::int[]) AS new(hash, size) ORDER BY hash COLLATE "C"
     ON CONFLICT DO NOTHING RETURNING encode(hash, 'hex') AS hash`,
    [blocks.map(({ hash }) => hash), blocks.map(({ bytes }) => bytes.byteLength)],
  );
  return new Set(rows.map(({ hash }) => hash));
}

interface Chunk {
  readonly hash: string;
  readonly ordinal: number;
  readonly bytes: Uint8Array;
}

function* chunksOf(blocks: readonly StoredBlock[]): Generator<Chunk> {
  for (const { hash, bytes } of blocks) {
    for (let start = 0, ordinal = 0; start < bytes.byteLength; start += CHUNK_BYTES, ordinal++) {
      yield { hash, ordinal, bytes: bytes.subarray(start, start + CHUNK_BYTES) };
    }
  }
}

function* batches(chunks: Iterable<Chunk>): Generator<Chunk[]> {
  let batch: Chunk[] = [];
  let size = 0;
  for (const chunk of chunks) {
    if (size + chunk.bytes.byteLength > BATCH_BYTES && batch.length > 0) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(chunk);
    size += chunk.bytes.byteLength;
  }
  if (batch.length > 0) yield batch;
}

/** All bytes go as one value, which the driver sends as they are; values of an array would go as hexadecimal text. */
async function insertChunks(client: PoolClient, chunks: readonly Chunk[]): Promise<void> {
  let end = 0;
  // substring() counts from 1.
  const starts = chunks.map(({ bytes }) => (end += bytes.byteLength) - bytes.byteLength + 1);
  await client.query(
    `INSERT INTO block_chunk (hash, ordinal, bytes)
     SELECT decode(hash, 'hex'), ordinal, substring($1::bytea FROM start FOR length)
     FROM unnest($2::text[], $3::int[], $4::int[], $5::int[]) AS chunk(hash, ordinal, start, length)`,
    [
      Buffer.concat(chunks.map(({ bytes }) => bytes)),
      chunks.map(({ hash }) => hash),
      chunks.map(({ ordinal }) => ordinal),
      starts,
      chunks.map(({ bytes }) => bytes.byteLength),
    ],
  );
}
