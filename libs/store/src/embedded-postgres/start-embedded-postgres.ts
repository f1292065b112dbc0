import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { binariesFor } from './binaries.js';
import { prepareCluster, SUPERUSER } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { lockFolder } from './instance-lock.js';
import {
  type Postmaster,
  type PostmasterOptions,
  startPostmaster,
  stopSurvivor,
} from './postmaster.js';
import { findSeat, type Seat } from './seat.js';

/** Where the embedded database lives, and who is told about it. */
export interface EmbeddedPostgresOptions {
  /** Where the database lives; made when missing. */
  readonly dataDirectory: string;
  /** Told to whoever tries to start a second server on the same folder. */
  readonly address?: string;
  /** False for tests: faster, and lost with the power. */
  readonly isDurable?: boolean;
  /** Receives the lines of PostgreSQL's log. */
  readonly log?: (line: string) => void;
  /** Called when PostgreSQL ends without having been asked to. */
  readonly onCrash?: (error: EmbeddedPostgresError) => void;
}

/** A running embedded database. */
export interface EmbeddedPostgres {
  /** A connection string for the superuser of a database of our own. */
  readonly url: string;
  /** The folder that holds the data: the configured one, or the one its README names. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

const DATABASE = 'portolan';
const READY_LIMIT_MS = 300_000;
const START_ATTEMPTS = 3;

/**
 * Starts the PostgreSQL that comes with the npm packages on a data folder, for this process alone.
 * Every failure is an EmbeddedPostgresError that says what to do.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  try {
    return await startLocked(options);
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(
      'DATA_UNUSABLE',
      `${options.dataDirectory} cannot hold the database: ${reason}. ` +
        'Make it a folder this user can write to, or set PORTOLAN_DATA to another one.',
      { cause: error },
    );
  }
}

async function startLocked(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const seat = findSeat(options.dataDirectory);
  const unlock = await lockFolder(seat.folder, options.address ?? '');
  try {
    const { url, ended, stop } = await startIn(seat, options);
    let isStopping = false;
    void ended.then((reason) => {
      if (!isStopping) options.onCrash?.(new EmbeddedPostgresError('CRASHED', reason));
    });
    return {
      url,
      folder: seat.folder,
      stop: async () => {
        isStopping = true;
        await stop();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function startIn(
  seat: Seat,
  options: EmbeddedPostgresOptions,
): Promise<Postmaster & { url: string }> {
  const { isDurable = true, log = () => undefined } = options;
  const binaries = binariesFor(seat.account, seat.folder);
  if (await stopSurvivor(binaries, seat)) log('stopped a PostgreSQL that had outlived its server');
  const password = await prepareCluster(binaries, seat, isDurable);
  const { postmaster, port } = await startUntilReady({ binaries, seat, isDurable, log }, password);
  return { ...postmaster, url: urlOf(password, port, DATABASE) };
}

/** The port is free when we look, and may be taken when PostgreSQL does; and sessions of a killed one may linger. */
async function startUntilReady(
  options: Omit<PostmasterOptions, 'port'>,
  password: string,
): Promise<{ postmaster: Postmaster; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort();
    const postmaster = startPostmaster({ ...options, port });
    try {
      await untilReady(postmaster, password, port);
      return { postmaster, port };
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
      await delay(1_000);
    }
  }
}

/** Waits through a recovery of any reasonable length, unless PostgreSQL gives up. */
async function untilReady(postmaster: Postmaster, password: string, port: number): Promise<void> {
  const ended = postmaster.ended.then((reason) => {
    throw new EmbeddedPostgresError('START_FAILED', reason);
  });
  // Once it is ready, its end is told by onCrash.
  ended.catch(() => undefined);
  const limit = Date.now() + READY_LIMIT_MS;
  for (;;) {
    try {
      await Promise.race([ensureDatabase(password, port), ended]);
      return;
    } catch (error) {
      if (error instanceof EmbeddedPostgresError) throw error;
      if (Date.now() > limit) {
        await postmaster.stop();
        throw new EmbeddedPostgresError('START_FAILED', 'PostgreSQL does not answer', {
          cause: error,
        });
      }
    }
    await Promise.race([delay(50), ended]);
  }
}

async function ensureDatabase(password: string, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(password, port, 'postgres') });
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [
      DATABASE,
    ]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(password: string, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
