import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { UploadRepository } from '@portolan/store';
import { RequestError } from '../errors/request-error.js';
import type { StoredBytes } from './stored-upload.js';

/** What a body may take. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** Longest time without a byte. */
  readonly idleMs: number;
  /** Longest time for the whole. */
  readonly totalMs: number;
}

/** A body that has arrived. */
export interface ReceivedBody extends StoredBytes {
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes the body of a request to the database while it comes, never holding more than a few chunks of it.
 * @throws RequestError TOO_LARGE as soon as that is known, REQUEST_TIMEOUT, BAD_REQUEST when the body ends early. Nothing
 * stays of it then.
 */
export async function receiveBody(
  request: IncomingMessage,
  uploads: UploadRepository,
  limits: BodyLimits,
): Promise<ReceivedBody> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limits.maxBytes) throw tooLarge(limits);
  const hash = createHash('sha256');
  let bytes = 0;
  const id = await uploads.write(
    (async function* () {
      for await (const chunk of timely(request, limits)) {
        bytes += chunk.byteLength;
        if (bytes > limits.maxBytes) throw tooLarge(limits);
        hash.update(chunk);
        yield chunk;
      }
    })(),
  );
  return { id, sha256: hash.digest('hex'), bytes };
}

/** The chunks of a body, or RequestError REQUEST_TIMEOUT, or BAD_REQUEST when it ends early. Leaves the request open when it stops, so that it can be answered. */
export async function* timely(
  request: IncomingMessage,
  { idleMs, totalMs }: Omit<BodyLimits, 'maxBytes'>,
): AsyncGenerator<Buffer> {
  const deadline = Date.now() + totalMs;
  const iterator: AsyncIterator<Buffer> = request.iterator({ destroyOnReturn: false });
  for (;;) {
    const next = await nextOrTimeout(iterator, Math.min(idleMs, deadline - Date.now()));
    if (next.done === true) return;
    yield next.value;
  }
}

async function nextOrTimeout(
  iterator: AsyncIterator<Buffer>,
  ms: number,
): Promise<IteratorResult<Buffer>> {
  const next = iterator.next();
  // It fails later, when the request is cut off.
  next.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stalled(ms)), Math.max(0, ms));
  });
  try {
    return await Promise.race([next, timeout]);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError('BAD_REQUEST', 'The body ended early.');
  } finally {
    clearTimeout(timer);
  }
}

function tooLarge({ maxBytes }: BodyLimits): RequestError {
  const message = `The body is larger than ${maxBytes} bytes`;
  return new RequestError('TOO_LARGE', message, { limit: maxBytes });
}

function stalled(ms: number): RequestError {
  return new RequestError('REQUEST_TIMEOUT', `Nothing came for ${Math.round(ms / 1000)} s`);
}
