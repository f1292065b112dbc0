import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { StoreLog } from '../store-options.js';
import type { Migration } from './migration-files.js';
import { type AppliedMigration, MigrationError, planMigrations } from './migration-plan.js';

/** The advisory lock of Prisma Migrate: its CLI and our start wait for each other. */
const PRISMA_LOCK = 72707369;
const LONGEST_WAIT_FOR_LOCK = '5min';

/** The table of Prisma Migrate, column for column, so that its CLI reads what we write. */
const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) NOT NULL PRIMARY KEY,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

/** Migrations that the database has had, for a connection on which the table exists. */
export const SELECT_APPLIED = `
  SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
  FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`;

/**
 * Brings a database up to date, each migration in a transaction of its own together with its row in Prisma's table: one that
 * fails leaves no trace. Several processes may start at once; the others wait. Migrations that cannot run in a transaction
 * (CREATE INDEX CONCURRENTLY) are not supported.
 * `signal` ends the wait for others, not a migration.
 * @returns the names of the migrations applied.
 * @throws MigrationError when the database cannot be brought up to date.
 */
export async function applyMigrations(
  connectionString: string,
  migrations: readonly Migration[],
  { log, signal }: { readonly log: StoreLog; readonly signal?: AbortSignal },
): Promise<string[]> {
  const client = new pg.Client({
    connectionString,
    application_name: 'portolan migrations',
    connectionTimeoutMillis: 5_000,
  });
  // Loss of the connection fails the statement under way; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await lock(client, signal);
    await client.query(CREATE_TABLE);
    const { rows } = await client.query<AppliedMigration>(SELECT_APPLIED);
    const { pending, warnings } = planMigrations(migrations, rows);
    for (const warning of warnings) log.warn(warning);
    for (const migration of pending) {
      await apply(client, migration);
      log.info(`Applied migration ${migration.name}`);
    }
    return pending.map(({ name }) => name);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

async function lock(client: pg.Client, signal?: AbortSignal): Promise<void> {
  // Ending the session ends the statement that waits in it.
  const leave = (): void => void client.end().catch(() => undefined);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', leave);
  try {
    await client.query(`SET lock_timeout = '${LONGEST_WAIT_FOR_LOCK}'`);
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await client.query('SET lock_timeout = 0');
    signal?.throwIfAborted();
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof pg.DatabaseError && error.code === '55P03')) throw error;
    throw new MigrationError(
      `Another process has been migrating this database for ${LONGEST_WAIT_FOR_LOCK}. Start again when it is done.`,
      { cause: error },
    );
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}

async function apply(client: pg.Client, { name, checksum, sql }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(
      `Migration ${name} failed and left the database as it was: ${reason}. ` +
        'Remove the cause and start again; nothing has to be resolved by hand.',
      { cause: error },
    );
  }
}
