import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import busboy from 'busboy';
import { RequestError } from '../errors/request-error.js';

/** Takes the parts of a form one after the other: each is read to its end before the next one begins. */
export interface PartReader {
  /** A part with a file name. Resolves when all of it is read. */
  file(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** A part without one. */
  field(name: string, text: string): Promise<void>;
}

/** Bounds of a form. */
export interface FormLimits {
  readonly maxParts: number;
  /** Bytes of a part without file name. */
  readonly maxFieldBytes: number;
  readonly maxBytes: number;
}

/**
 * Reads multipart/form-data as it comes, never holding more than a chunk of a file.
 * @throws RequestError BAD_REQUEST when it is malformed or ends early, TOO_LARGE; and what `reader` and `chunks` throw.
 */
export async function readParts(
  request: Pick<IncomingMessage, 'headers'>,
  chunks: AsyncIterable<Uint8Array>,
  reader: PartReader,
  { maxParts, maxFieldBytes, maxBytes }: FormLimits,
): Promise<void> {
  const form = openForm(request, maxParts, maxFieldBytes);
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  let parts: Promise<void> = Promise.resolve();
  const take = (work: () => Promise<void>): void => {
    parts = parts.then(work);
    parts.catch((error: unknown) => fail(error));
  };
  form.on('file', (name, stream) => {
    // Destroyed when the form is given up: whoever reads it is told by the failure.
    stream.on('error', () => undefined);
    take(() => reader.file(name ?? '', stream));
  });
  form.on('field', (name, text, { valueTruncated }) => {
    take(async () => {
      if (valueTruncated) throw tooLarge(`The part "${name ?? ''}"`, maxFieldBytes);
      await reader.field(name ?? '', text);
    });
  });
  form.on('partsLimit', () => fail(malformed(`it has more than ${maxParts} parts`)));
  form.on('error', (error) => fail(malformed(error.message)));
  try {
    await Promise.race([feed(form, chunks, maxBytes, failed), failed]);
    await Promise.race([parts, failed]);
  } finally {
    form.destroy();
    // Nothing is written any more when this returns.
    await parts.catch(() => undefined);
  }
}

async function feed(
  form: ReturnType<typeof busboy>,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  failed: Promise<never>,
): Promise<void> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge('The body', maxBytes);
    const isTaken = form.write(chunk);
    if (isTaken) {
      // A failure is noticed between two chunks, too.
      await Promise.race([Promise.resolve(), failed]);
    } else await Promise.race([drained(form), failed]);
  }
  form.end();
  await finished(form, { readable: false });
}

function drained(form: ReturnType<typeof busboy>): Promise<void> {
  return new Promise((resolve) => form.once('drain', resolve));
}

function openForm(
  { headers }: Pick<IncomingMessage, 'headers'>,
  parts: number,
  fieldSize: number,
): ReturnType<typeof busboy> {
  if (!/^multipart\/form-data\s*(;|$)/i.test(headers['content-type'] ?? ''))
    throw new RequestError('BAD_REQUEST', 'The body must be multipart/form-data.');
  try {
    return busboy({ headers, limits: { parts: parts + 1, fieldSize }, defParamCharset: 'utf8' });
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : String(error));
  }
}

function malformed(reason: string): RequestError {
  return new RequestError('BAD_REQUEST', `The form cannot be read: ${reason}.`);
}

function tooLarge(what: string, limit: number): RequestError {
  return new RequestError('TOO_LARGE', `${what} is larger than ${limit} bytes`, { limit });
}
