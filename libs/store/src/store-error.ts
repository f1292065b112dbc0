/**
 * What can go wrong with the store that is nobody's bug:
 *
 * - `UNAVAILABLE`: the database cannot be reached, is shutting down, is out of connections or took too long. Trying again later may help.
 * - `CONFLICT`: another request changed the same thing at the same time.
 * - `DAMAGED`: stored data is not what was stored.
 */
export type StoreErrorCode = 'UNAVAILABLE' | 'CONFLICT' | 'DAMAGED';

/** Thrown by the store for everything in StoreErrorCode. Whatever else it throws is a bug. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Runs work and turns what the driver or Prisma throws into a StoreError; what is none of these passes through. */
export async function withStoreErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error);
  }
}

/** The StoreError that an error stands for, or the error itself when it is a bug. */
export function toStoreError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof StoreError) return error;
  const signs = signsOf(error);
  if (signs.some(isUnavailable)) {
    return new StoreError('UNAVAILABLE', `The database does not answer: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  if (signs.some(isConflict)) {
    return new StoreError('CONFLICT', `Changed by another request: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return error;
}

/** SQLSTATE of connection loss (08), lack of resources (53), cancellation and shutdown (57), a read-only stand-by. */
const UNAVAILABLE_STATE = /^(08\w{3}|53\w{3}|57(014|P0[1-5])|55P03|25006|25P0[34])$/;
/** Codes of Prisma: unreachable, timeout, closed, no connection free. */
const UNAVAILABLE_PRISMA = /^P(1001|1002|1008|1017|2024|2037)$/;
const UNAVAILABLE_SYSTEM =
  /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOENT)$/;
const UNAVAILABLE_ADAPTER =
  /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections|TlsConnectionError)$/;
/** node-postgres gives these no code. */
const UNAVAILABLE_TEXT =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Cannot use a pool after)/;
/** Integrity, serialization, deadlock; the same as Prisma names them. */
const CONFLICT = /^(23\w{3}|40001|40P01|P2002|P2003|P2034|TransactionWriteConflict)$/;

function isUnavailable(sign: string): boolean {
  return [
    UNAVAILABLE_STATE,
    UNAVAILABLE_PRISMA,
    UNAVAILABLE_SYSTEM,
    UNAVAILABLE_ADAPTER,
    UNAVAILABLE_TEXT,
  ].some((pattern) => pattern.test(sign));
}

function isConflict(sign: string): boolean {
  return CONFLICT.test(sign);
}

/** Codes, kinds and messages of an error and of all that it wraps: each layer keeps them elsewhere. */
function signsOf(error: unknown): string[] {
  const signs: string[] = [];
  const seen = new Set<unknown>();
  const queue: unknown[] = [error];
  while (queue.length > 0) {
    const current = queue.pop();
    if (typeof current !== 'object' || current === null || seen.has(current)) continue;
    seen.add(current);
    const fields = current as Readonly<Record<string, unknown>>;
    for (const name of ['code', 'originalCode', 'errorCode', 'kind', 'message']) {
      const value = fields[name];
      if (typeof value === 'string') signs.push(value);
    }
    queue.push(fields.cause, fields.meta, fields.driverAdapterError);
    // Node tries each address of a host and reports all failures.
    if (Array.isArray(fields.errors)) queue.push(...(fields.errors as unknown[]));
  }
  return signs;
}

function reasonOf(error: Error): string {
  const text = error.message === '' ? signsOf(error)[0] : error.message;
  // Prisma puts the reason last, after the call in the source.
  return text?.trim().split('\n').at(-1) ?? 'no reason given';
}
