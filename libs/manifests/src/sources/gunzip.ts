import { on } from 'node:events';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Chunks that wait to be taken at most, before unpacking pauses. */
const WAITING_CHUNKS = 8;

/** Unpacks gzip as it is read, little ahead of the reader. What comes before damage is given before the failure. */
export async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = Readable.from(packed, { objectMode: false });
  const gunzip = createGunzip();
  input.on('error', (error) => gunzip.destroy(error));
  // Iterating over the stream itself would drop what was unpacked and not yet taken when it fails.
  const unpacked = on(gunzip, 'data', {
    close: ['end'],
    highWaterMark: WAITING_CHUNKS,
    lowWaterMark: 1,
  }) as AsyncIterable<[Uint8Array]>;
  input.pipe(gunzip);
  try {
    for await (const [chunk] of unpacked) yield chunk;
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}
