import { ClientError, GraphqlError } from './client-error.js';
import { waitBefore } from './patience.js';
import type { PortolanClient } from './portolan-client.js';
import { jsonOf, problemText } from './problem-text.js';

/** A query, and how its data are read. */
export interface GraphqlQuestion<Result> {
  readonly document: string;
  readonly variables: object;
  /** Takes the data for what they have to be, or throws a ClientError: data that are not understood answer nothing. */
  readonly read: (data: unknown) => Result;
}

/** Codes of errors that may pass by themselves. */
const PASSING_CODES: ReadonlySet<string> = new Set([
  'QUEUE_FULL',
  'SHUTTING_DOWN',
  'DATABASE_UNAVAILABLE',
]);

/**
 * Asks a query, which changes nothing, and so again while what keeps it from an answer may pass. An answer with an error is
 * none, whatever data are beside it.
 * @throws GraphqlError with the server's code and message; ClientError when there is no answer; what the signal was aborted with.
 */
export async function askGraphQL<Result>(
  client: PortolanClient,
  { document, variables, read }: GraphqlQuestion<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const address = client.address(PATH);
  for (let attempt = 1; ; attempt++) {
    const answer = await client.send(PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: document, variables }),
      signal,
    });
    const value = jsonOf(answer.text);
    const fields: GraphqlFields = typeof value === 'object' && value !== null ? value : {};
    const { data, errors } = fields;
    if (errors === undefined && answer.status === 200 && data !== undefined && data !== null)
      return read(data);
    const error = firstError(errors);
    if (error === null) throw new ClientError(`${address}: ${problemText(answer)}`);
    const { code, message, details } = error;
    const isOver = code === null || !PASSING_CODES.has(code);
    if (isOver || attempt >= client.patience.attempts)
      throw new GraphqlError(address, code, message, details);
    await waitBefore(attempt, answer.headers.get('retry-after'), client.patience, signal).catch(
      (failure: unknown) => {
        signal.throwIfAborted();
        throw failure;
      },
    );
  }
}

const PATH = '/graphql';

interface GraphqlFields {
  readonly data?: unknown;
  readonly errors?: unknown;
}

interface ErrorFields {
  readonly message?: unknown;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
}

interface FirstError {
  readonly code: string | null;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The first error; null when there is none that says anything. */
function firstError(errors: unknown): FirstError | null {
  const [first] = Array.isArray(errors) ? (errors as readonly (ErrorFields | null)[]) : [];
  if (typeof first?.message !== 'string') return null;
  const { code, ...details } = first.extensions ?? {};
  return { code: typeof code === 'string' ? code : null, message: first.message, details };
}
