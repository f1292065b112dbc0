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

/** More than any report that can be looked at. */
const MAX_ANSWER_BYTES = 512 * 1024 * 1024;

/**
 * Sends a request and reads the answer as a whole. What may pass is tried again; redirects are not followed, because the
 * token in the headers is for this server only.
 * @throws ClientError when there is no answer; what the signal was aborted with.
 */
export async function send(
  url: string,
  { method, headers, body, patience, signal }: Sending,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= patience.attempts;
    const request = { method, headers, signal, ...(body === undefined ? {} : { body }) };
    const answer = await once(url, request as RequestInit).catch((error: unknown) => {
      signal.throwIfAborted();
      if (isLast || !(error instanceof NoAnswer) || !isPassing(error.code)) throw error;
      return null;
    });
    if (answer !== null && (isLast || !PASSING_STATUS.has(answer.status))) return answer;
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

async function once(url: string, request: RequestInit): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...request, redirect: 'manual' });
    text = await textOf(url, response);
  } catch (error) {
    if (error instanceof ClientError) throw error;
    // What went wrong stands in the cause only.
    const { cause = error } = error as Error;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new NoAnswer(url, typeof code === 'string' ? code : null, message);
  }
  const { status, headers } = response;
  if (status >= 300 && status < 400)
    throw new ClientError(
      `${url} redirects to ${headers.get('location') ?? 'nowhere'}, which is not followed: give the address where the server itself is`,
    );
  return { status, headers, text };
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
