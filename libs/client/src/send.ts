import { ClientError } from './client-error.js';
import { isPassing, PASSING_STATUS, type Patience, waitBefore } from './patience.js';

/** A request that may be sent more than once. */
export interface Sending {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/** What came back, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** An answer that is read while it comes, at the reader's pace. */
export interface StreamedAnswer {
  readonly headers: Headers;
  /** Fails with a ClientError when the answer ends before its end. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** More than any report that can be looked at. */
const MAX_ANSWER_BYTES = 512 * 1024 * 1024;

/**
 * Sends a request and reads the answer as a whole. What may pass is tried again; redirects are not followed, because the
 * token in the headers is for this server only.
 * @throws ClientError when there is no answer; what the signal was aborted with.
 */
export function send(url: string, sending: Sending): Promise<Answer> {
  return persist(sending, async () => {
    const response = await open(url, sending);
    const text = await textOf(url, response).catch((error: unknown) => {
      throw noAnswer(url, error);
    });
    return { status: response.status, headers: response.headers, text };
  });
}

/**
 * Sends a request whose answer may be of any size. Anything but a 200 is read as a whole.
 * @throws ClientError when there is no answer; what the signal was aborted with.
 */
export function sendForStream(url: string, sending: Sending): Promise<StreamedAnswer | Answer> {
  return persist(sending, async () => {
    // What is packed on the way can be cut without a trace.
    const headers = { ...sending.headers, 'accept-encoding': 'identity' };
    const response = await open(url, { ...sending, headers });
    const { status } = response;
    if (status !== 200) {
      const text = await textOf(url, response).catch((error: unknown) => {
        throw noAnswer(url, error);
      });
      return { status, headers: response.headers, text };
    }
    return { headers: response.headers, chunks: chunksOf(url, response, sending.signal) };
  });
}

/** Tries again what may pass. */
async function persist<Result extends StreamedAnswer | Answer>(
  { patience, signal }: Sending,
  attemptOnce: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= patience.attempts;
    const answer = await attemptOnce().catch((error: unknown) => {
      signal.throwIfAborted();
      if (isLast || !(error instanceof NoAnswer) || !isPassing(error.code)) throw error;
      return null;
    });
    const isThere = answer !== null && !('status' in answer && PASSING_STATUS.has(answer.status));
    if (answer !== null && (isLast || isThere)) return answer;
    await waitBefore(attempt, answer?.headers.get('retry-after') ?? null, patience, signal).catch(
      (error: unknown) => {
        signal.throwIfAborted();
        throw error;
      },
    );
  }
}

/** The server did not answer. */
class NoAnswer extends ClientError {
  constructor(
    url: string,
    readonly code: string | null,
    message: string,
  ) {
    super(`${url} does not answer: ${code ?? message}`);
  }
}

function noAnswer(url: string, error: unknown): unknown {
  if (error instanceof ClientError) return error;
  const { code, message } = causeOf(error);
  return new NoAnswer(url, typeof code === 'string' ? code : null, message);
}

/** What went wrong stands in the cause only. */
function causeOf(error: unknown): NodeJS.ErrnoException {
  const { cause = error } = error as Error;
  return cause as NodeJS.ErrnoException;
}

async function open(url: string, { method, headers, body, signal }: Sending): Promise<Response> {
  const request = { method, headers, signal, ...(body === undefined ? {} : { body }) };
  const response = await fetch(url, { ...(request as RequestInit), redirect: 'manual' }).catch(
    (error: unknown) => {
      throw noAnswer(url, error);
    },
  );
  const { status } = response;
  if (status >= 300 && status < 400)
    throw new ClientError(
      `${url} redirects to ${response.headers.get('location') ?? 'nowhere'}, which is not followed: give the address where the server itself is`,
    );
  return response;
}

async function textOf(url: string, { body }: Response): Promise<string> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new ClientError(`${url} answers more than can be read`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** HTTP says where an answer ends in one of two ways (RFC 9112, section 6.3); without either one, a part looks like the whole. */
async function* chunksOf(
  url: string,
  { body, headers }: Response,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const isChunked = headers.get('transfer-encoding')?.toLowerCase() === 'chunked';
  if (!isChunked && headers.get('content-length') === null)
    throw new ClientError(
      `${url} answers without saying where the answer ends: a part could not be told from the whole`,
    );
  if (body === null) return;
  try {
    yield* body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = causeOf(error);
    throw new ClientError(`${url} ends before its end: what came is a part (${code ?? message})`);
  }
}
