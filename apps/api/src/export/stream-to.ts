import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { StreamedDocument } from './export.service.js';

/** Codes of what a document rests on: a CSV file has no other place for them. */
const CAVEATS_HEADER = 'Portolan-Caveats';

/**
 * Sends a document at the reader's pace. Fails as its making fails: before the first chunk the answer can still become an
 * error; after it the connection is to be cut, so that nobody takes a part for the whole. That the reader leaves is no
 * failure.
 */
export async function streamTo(
  response: Response,
  { mediaType, fileName, caveats, chunks }: StreamedDocument,
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    response.status(200);
    response.setHeader('Content-Type', mediaType);
    if (caveats.length > 0)
      response.setHeader(CAVEATS_HEADER, caveats.map(({ code }) => code).join(', '));
    response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
    await pipeline(Readable.from(resume(first, iterator), { objectMode: false }), response);
  } catch (error) {
    if (!response.closed) throw error;
  }
}

async function* resume(
  first: IteratorResult<Uint8Array>,
  iterator: AsyncIterator<Uint8Array>,
): AsyncIterable<Uint8Array> {
  if (first.done === true) return;
  yield first.value;
  yield* { [Symbol.asyncIterator]: () => iterator };
}
