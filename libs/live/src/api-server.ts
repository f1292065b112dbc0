import type { KubeConfig } from '@kubernetes/client-node';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import { ListingError, PassingFailure } from './listing-error.js';
import type { ListingLimits } from './listing-limits.js';

/** An answer of the API server. */
export interface ApiAnswer {
  readonly status: number;
  /** Milliseconds that the server wants to be left alone. */
  readonly retryAfterMs: number | null;
  readonly body: Buffer;
}

/**
 * An API server, and who we are to it. Requests are made by hand rather than by the client's generated classes, which
 * know the built-in kinds only; the client's part is the credentials: certificates, tokens, programs that make tokens.
 */
export class ApiServer {
  constructor(
    readonly url: string,
    private readonly config: KubeConfig,
  ) {}

  /**
   * One GET. Redirects are answers like others: credentials are for this server only.
   * @throws PassingFailure when there was no whole answer in time; what `signal` was aborted with; ListingError when there
   * are no credentials, or the answer is too large.
   */
  async get(
    path: string,
    accept: string,
    { requestMs, maxAnswerBytes }: Pick<ListingLimits, 'requestMs' | 'maxAnswerBytes'>,
    signal: AbortSignal,
  ): Promise<ApiAnswer> {
    const timeout = AbortSignal.timeout(requestMs);
    const either = AbortSignal.any([signal, timeout]);
    try {
      const options = await untilAborted(this.#options(accept), either);
      const response = await this.#open(path, { ...options, signal: either });
      return {
        status: response.statusCode ?? 0,
        retryAfterMs: retryAfterOf(response),
        body: await wholeBody(response, maxAnswerBytes),
      };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ListingError) throw error;
      if (timeout.aborted) throw new PassingFailure(`no whole answer within ${requestMs / 1000} s`);
      const reason = reasonOf(error);
      if (UNTRUSTED.test(reason))
        throw new ListingError(`${this.url} cannot prove who it is: ${reason}.`);
      throw new PassingFailure(reason);
    }
  }

  async #options(accept: string): Promise<RequestOptions> {
    const options: RequestOptions = {
      headers: { accept, 'user-agent': 'portolan-import' },
    };
    try {
      await this.config.applyToHTTPSOptions(options);
    } catch (error) {
      // What a program that makes tokens wrote may hold one.
      const { code = 'its program or files fail' } = error as NodeJS.ErrnoException;
      throw new ListingError(`There are no credentials for ${this.url}: ${code}.`);
    }
    return options;
  }

  #open(path: string, options: RequestOptions): Promise<IncomingMessage> {
    const url = new URL(`${this.url.replace(/\/+$/, '')}${path}`);
    const open = url.protocol === 'http:' ? requestHttp : requestHttps;
    return new Promise((resolve, reject) => {
      open(url, options).once('response', resolve).once('error', reject).end();
    });
  }
}

/** What OpenSSL and Node call a certificate that is not good: it will not be better at the next attempt. */
const UNTRUSTED = /CERT|UNABLE_TO_|^ERR_TLS_|HOSTNAME_MISMATCH/;

async function wholeBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Fails when the connection ends before the body does.
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    if (length > maxBytes)
      throw new ListingError(`The API server gave an answer of more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
function retryAfterOf({ headers }: IncomingMessage): number | null {
  const text = headers['retry-after'];
  if (text === undefined) return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** A program that makes tokens knows no signals. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  signal.throwIfAborted();
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('aborted'));
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
