import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import { isUuid } from '../identifiers.js';
import { copyOut } from '../snapshots/copy-out.js';

/** Bytes of a chunk. A check of the table has the same number. */
const CHUNK_BYTES = 1 << 20;
/** Chunks sent or read with one statement: bounds memory. */
const BATCH = 4;
/** Longest time that an upload may be without a job: longer than its bytes may come. */
const LONGEST_WITHOUT_JOB = '3 hours';

/** Bytes that requests brought, for the workers that read them, whatever machine they are on. */
@Injectable()
export class UploadRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Keeps chunks of any size, and gives their id. Nothing is kept when `chunks` fails. */
  async write(chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[]): Promise<string> {
    const [row] = await this.database.query<{ id: string }>(
      'INSERT INTO upload DEFAULT VALUES RETURNING id',
    );
    if (row === undefined) throw new Error('INSERT … RETURNING gave no row');
    const { id } = row;
    try {
      let ordinal = 0;
      for await (const batch of batches(chunks)) {
        await this.#insert(id, ordinal, batch);
        ordinal += batch.length;
      }
      return id;
    } catch (error) {
      // When this fails as well, it is removed with others that nobody wants.
      await this.remove(id).catch(() => undefined);
      throw error;
    }
  }

  #insert(id: string, ordinal: number, batch: readonly Uint8Array[]): Promise<unknown> {
    const rows = batch.map((_, i) => `($1, $2 + ${i}, $${i + 3})`);
    return this.database.query(
      `INSERT INTO upload_chunk (upload_id, ordinal, bytes) VALUES ${rows.join(', ')}`,
      [id, ordinal, ...batch],
    );
  }

  /** The bytes, in order; none of an upload that is gone. */
  async *read(id: string): AsyncGenerator<Buffer> {
    if (!isUuid(id)) return;
    for (let first = 0; ; first += BATCH) {
      const batch = await this.#readBatch(id, first);
      yield* batch;
      if (batch.length < BATCH) return;
    }
  }

  #readBatch(id: string, first: number): Promise<Buffer[]> {
    const statement = `SELECT bytes FROM upload_chunk WHERE upload_id = '${id}'
      AND ordinal >= ${first} AND ordinal < ${first + BATCH} ORDER BY ordinal`;
    return this.database.connection(async (client) => {
      const batch: Buffer[] = [];
      await copyOut(client, statement, ([bytes]) => {
        // What the driver hands out is valid only during the call.
        if (bytes !== undefined) batch.push(Buffer.from(bytes));
      });
      return batch;
    });
  }

  async remove(id: string): Promise<void> {
    await this.database.query('DELETE FROM upload WHERE id = $1', [id]);
  }

  /** Removes what a process left that ended while it received. Returns how many there were. */
  async removeLeft(): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM upload WHERE job_id IS NULL AND created_at < now() - interval '${LONGEST_WITHOUT_JOB}' RETURNING id`,
    );
    return rows.length;
  }
}

/** Full chunks, and the rest, a few at a time. */
async function* batches(
  chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): AsyncGenerator<Uint8Array[]> {
  let batch: Uint8Array[] = [];
  for await (const chunk of fullChunks(chunks)) {
    batch.push(chunk);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* fullChunks(
  chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): AsyncGenerator<Uint8Array> {
  let full = Buffer.allocUnsafe(CHUNK_BYTES);
  let length = 0;
  // TypeScript loses the type of the elements of this union.
  for await (const chunk of chunks as AsyncIterable<Uint8Array>) {
    for (let start = 0; start < chunk.byteLength;) {
      const part = chunk.subarray(start, start + CHUNK_BYTES - length);
      full.set(part, length);
      length += part.byteLength;
      start += part.byteLength;
      if (length < CHUNK_BYTES) continue;
      yield full;
      full = Buffer.allocUnsafe(CHUNK_BYTES);
      length = 0;
    }
  }
  if (length > 0) yield full.subarray(0, length);
}
