import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StoreError, toStoreError } from './store-error.js';
import type { StoreSettings } from './store-options.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Returns when the server takes connections. Servers that are not there yet are waited for (containers start in any order);
 * a wrong password or an unknown database will not mend itself and fails at once.
 * @throws StoreError UNAVAILABLE when the time is up; the driver's error when waiting is in vain.
 */
export async function waitForDatabase({
  databaseUrl,
  connectTimeoutMs,
  log,
  signal,
}: Pick<StoreSettings, 'databaseUrl' | 'connectTimeoutMs' | 'log' | 'signal'>): Promise<void> {
  const deadline = Date.now() + connectTimeoutMs;
  let pause = FIRST_PAUSE_MS;
  for (let attempt = 1; ; attempt++) {
    const failure = await tryToConnect(databaseUrl);
    signal.throwIfAborted();
    if (failure === null) return;
    if (isRefused(failure))
      throw new StoreError(
        'UNAVAILABLE',
        `The database at ${addressOf(databaseUrl)} refuses DATABASE_URL: ${failure.message}`,
        { cause: failure },
      );
    if (!(failure instanceof StoreError && failure.code === 'UNAVAILABLE')) throw failure;
    if (Date.now() + pause > deadline) {
      throw new StoreError(
        'UNAVAILABLE',
        `No database at ${addressOf(databaseUrl)} after ${Math.round(connectTimeoutMs / 1000)} s. ${failure.message}`,
        { cause: failure },
      );
    }
    if (attempt === 1) log.info(`Waiting for the database at ${addressOf(databaseUrl)}`);
    await sleep(pause, undefined, { signal });
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** A wrong password or user (class 28), a database that is not there (3D000): waiting changes nothing. */
function isRefused(failure: Error): boolean {
  return failure instanceof pg.DatabaseError && /^(28|3D)/.test(failure.code ?? '');
}

/** Null, or why not. */
async function tryToConnect(connectionString: string): Promise<Error | null> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  // The server may hang up while we say goodbye.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return null;
  } catch (error) {
    return toStoreError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Host and database, without the password. */
function addressOf(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'DATABASE_URL';
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
