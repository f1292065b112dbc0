import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { ImportError } from './import-error.js';

/** Longest time for an answer to a query. */
const QUERY_MS = 30_000;

/** A Portolan server. */
export class PortolanClient {
  readonly #base: string;

  constructor(
    server: URL,
    private readonly token: string | null,
  ) {
    this.#base = `${server.origin}${server.pathname.replace(/\/+$/, '')}`;
  }

  /** The address of something that the server has. */
  address(path: string): string {
    return `${this.#base}${path}`;
  }

  /** A POST whose body is written by the caller. */
  post(path: string, type: string): ClientRequest {
    const url = new URL(this.address(path));
    const open = url.protocol === 'http:' ? requestHttp : requestHttps;
    return open(url, {
      method: 'POST',
      headers: { ...this.#authorization(), 'content-type': type },
    });
  }

  /** The data of an answer without errors. */
  async query<Data>(query: string, variables: object): Promise<Data> {
    const address = this.address('/graphql');
    const text = await this.#postQuery(address, JSON.stringify({ query, variables }));
    const { data, errors } = parse<Data>(text);
    if (data === undefined || data === null || errors !== undefined)
      throw new ImportError(`${address} fails: ${errors?.[0]?.message ?? 'no GraphQL answers'}`);
    return data;
  }

  async #postQuery(address: string, body: string): Promise<string> {
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { ...this.#authorization(), 'content-type': 'application/json' },
        body,
        // The token is for this server only.
        redirect: 'error',
        signal: AbortSignal.timeout(QUERY_MS),
      });
      return await answer.text();
    } catch (error) {
      // What went wrong stands in the cause only.
      const { cause = error } = error as Error;
      const { code, message } = cause as NodeJS.ErrnoException;
      throw new ImportError(`${address} does not answer: ${code ?? message}`);
    }
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
