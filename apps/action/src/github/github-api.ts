import { setTimeout as sleep } from 'node:timers/promises';

/** Tries of a request, and the longest time between two. */
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const ANSWER_MS = 30_000;

/** GitHub does not do what it was asked. The message is for people. */
export class GithubError extends Error {
  override readonly name = 'GithubError';

  constructor(
    message: string,
    /** Whether the token may not do this, as in runs for a fork. */
    readonly isForbidden: boolean,
    /** Whether it may have been done all the same. */
    readonly isUncertain = false,
  ) {
    super(message);
  }
}

/** GitHub's REST API, for one token. */
export class GithubApi {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /**
   * Sends a request; what may pass is tried again. A request that may not be repeated is tried again only when GitHub said
   * that it has not done anything.
   * @throws GithubError
   */
  async send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: object | null = null,
    isRepeatable = true,
  ): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#once(method, path, body);
      if (outcome.kind === 'DONE') return outcome.value;
      const wait = outcome.waitMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
      const mayRepeat = outcome.kind === 'LIMITED' || (outcome.kind === 'BROKEN' && isRepeatable);
      if (!mayRepeat || attempt >= ATTEMPTS || wait > LONGEST_WAIT_MS)
        throw new GithubError(
          `${method} ${path}: ${outcome.message}`,
          outcome.kind === 'REFUSED' && outcome.isForbidden,
          outcome.kind === 'BROKEN',
        );
      await sleep(wait);
    }
  }

  async #once(method: string, path: string, body: object | null): Promise<Outcome> {
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${this.token}`,
          'user-agent': 'portolan-action',
          'x-github-api-version': '2022-11-28',
          ...(body === null ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === null ? {} : { body: JSON.stringify(body) }),
        // The token is for this host only.
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return outcomeOf(response, await response.text());
    } catch (error) {
      const { cause = error } = error as Error;
      const { code, message } = cause as NodeJS.ErrnoException;
      return { kind: 'BROKEN', message: `no answer: ${code ?? message}`, waitMs: null };
    }
  }
}

type Outcome =
  | { readonly kind: 'DONE'; readonly value: unknown }
  /** Later. `waitMs` null = nobody says how much. */
  | {
      readonly kind: 'LIMITED' | 'BROKEN';
      readonly message: string;
      readonly waitMs: number | null;
    }
  | {
      readonly kind: 'REFUSED';
      readonly message: string;
      readonly isForbidden: boolean;
      readonly waitMs: null;
    };

function outcomeOf({ status, headers, ok }: Response, text: string): Outcome {
  if (ok) return { kind: 'DONE', value: text === '' ? null : parsed(text) };
  const { message: said } = (parsed(text) ?? {}) as { readonly message?: unknown };
  const message = `${status}${typeof said === 'string' ? ` ${said}` : ''}`;
  if (status >= 500) return { kind: 'BROKEN', message, waitMs: null };
  // 403 is also how limits are told.
  const isLimited =
    status === 429 ||
    (status === 403 &&
      (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'));
  if (isLimited) return { kind: 'LIMITED', message, waitMs: limitMs(headers) };
  const isForbidden = status === 403 || status === 401 || status === 404;
  return { kind: 'REFUSED', message, isForbidden, waitMs: null };
}

function limitMs(headers: Headers): number | null {
  const seconds = headers.get('retry-after');
  if (seconds !== null && /^\d+$/.test(seconds)) return Number(seconds) * 1000;
  const reset = headers.get('x-ratelimit-reset');
  return reset !== null && /^\d+$/.test(reset)
    ? Math.max(0, Number(reset) * 1000 - Date.now())
    : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
