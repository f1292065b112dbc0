import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { ClientError } from './client-error.js';
import { type Patience, USUAL_PATIENCE } from './patience.js';
import { type Answer, send, sendForStream, type Sending, type StreamedAnswer } from './send.js';

/** Longest time for an answer to a query. */
const QUERY_MS = 30_000;

/** A query is asked again by who asked it. */
const ONCE: Patience = { attempts: 1, firstWaitMs: 0, longestWaitMs: 0 };

/** A Portolan server. */
export class PortolanClient {
  readonly #base: string;

  constructor(
    server: URL,
    private readonly token: string | null,
    readonly patience = USUAL_PATIENCE,
  ) {
    this.#base = `${server.origin}${server.pathname.replace(/\/+$/, '')}`;
  }

  /** The address of something that the server has. */
  address(path: string): string {
    return `${this.#base}${path}`;
  }

  /** A POST whose body is written by the caller. */
  post(path: string, headers: Readonly<Record<string, string>>): ClientRequest {
    const url = new URL(this.address(path));
    const open = url.protocol === 'http:' ? requestHttp : requestHttps;
    return open(url, { method: 'POST', headers: { ...this.#authorization(), ...headers } });
  }

  /**
   * A request whose body is at hand, tried again while what keeps it from an answer may pass.
   * @throws ClientError when there is no answer; what the signal was aborted with.
   */
  send(path: string, sending: Omit<Sending, 'patience'>): Promise<Answer> {
    const headers = { ...this.#authorization(), ...sending.headers };
    return send(this.address(path), { ...sending, headers, patience: this.patience });
  }

  /**
   * As `send`, of an answer that is read while it comes. One that is no success is read as a whole.
   * @throws ClientError when there is no answer; what the signal was aborted with.
   */
  stream(
    path: string,
    sending: Omit<Sending, 'patience' | 'body'>,
  ): Promise<StreamedAnswer | Answer> {
    const headers = { ...this.#authorization(), ...sending.headers };
    return sendForStream(this.address(path), { ...sending, headers, patience: this.patience });
  }

  /**
   * The data of an answer without errors.
   * @throws ClientError
   */
  async query<Data>(query: string, variables: object): Promise<Data> {
    const address = this.address('/graphql');
    const { text } = await send(address, {
      method: 'POST',
      headers: { ...this.#authorization(), 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      patience: ONCE,
      signal: AbortSignal.timeout(QUERY_MS),
    }).catch((error: unknown) => {
      if (error instanceof ClientError) throw error;
      throw new ClientError(`${address} does not answer: nothing came for ${QUERY_MS / 1000} s`);
    });
    const { data, errors } = parse<Data>(text);
    if (data === undefined || data === null || errors !== undefined)
      throw new ClientError(`${address} fails: ${errors?.[0]?.message ?? 'no GraphQL answers'}`);
    return data;
  }

  #authorization(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }
}

interface GraphqlAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
}

function parse<Data>(text: string): GraphqlAnswer<Data> {
  try {
    return JSON.parse(text) as GraphqlAnswer<Data>;
  } catch {
    return {};
  }
}
