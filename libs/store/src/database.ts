import { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.js';
import { applyMigrations } from './migrations/apply-migrations.js';
import {
  findMigrationsFolder,
  type Migration,
  readMigrations,
} from './migrations/migration-files.js';
import { withStoreErrors } from './store-error.js';
import type { StoreOptions, StoreSettings } from './store-options.js';
import { waitForDatabase } from './wait-for-database.js';

/** Storing a snapshot may take this many times as long as other statements. */
export const LONG_STATEMENT = 10;
/** Milliseconds beyond its own limit in which the server has to say that it kept it. */
const ANSWER_PATIENCE_MS = 5_000;
/** Milliseconds that the end waits for statements under way. */
const CLOSE_PATIENCE_MS = 5_000;

/** Waits for the server, brings the database up to date, and opens a pool of connections to it. */
export async function openDatabase(options: StoreOptions): Promise<Database> {
  const settings = withDefaults(options);
  await waitForDatabase(settings);
  const migrations = await readMigrations(settings.migrationsFolder);
  await applyMigrations(settings.databaseUrl, migrations, settings);
  return new Database(settings, migrations);
}

function withDefaults(options: StoreOptions): StoreSettings {
  return {
    poolSize: 10,
    statementTimeoutMs: 30_000,
    connectTimeoutMs: 60_000,
    signal: new AbortController().signal,
    ...options,
    migrationsFolder: options.migrationsFolder ?? findMigrationsFolder(),
  };
}

/**
 * The connections to PostgreSQL: Prisma for rows, node-postgres for bulk. Both use one pool. Broken connections leave
 * the pool and new ones take their place, so the store works again as soon as the server does.
 */
export class Database {
  readonly prisma: StorePrisma;
  readonly #pool: pg.Pool;
  readonly #sockets = new Set<Socket>();

  constructor(
    readonly settings: StoreSettings,
    /** The migrations that this version knows. */
    readonly migrations: readonly Migration[],
  ) {
    this.#pool = createPool(settings, this.#sockets);
    this.prisma = createPrisma(this.#pool);
  }

  /** One statement outside of a transaction. */
  query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return withStoreErrors(async () => (await this.#pool.query<Row>(text, [...values])).rows);
  }

  /** As `query`, for what is asked many times a second: each connection parses and plans a statement of that name once. */
  prepared<Row extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    return withStoreErrors(
      async () => (await this.#pool.query<Row>({ name, text, values: [...values] })).rows,
    );
  }

  /** Lends a connection. After an error it does not come back to the pool: it may be broken, or in any state. */
  connection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return withStoreErrors(async () => {
      const client = await this.#pool.connect();
      // A lent connection that breaks between two statements would otherwise end the process; the next statement says so.
      client.on('error', ignore);
      let failure: Error | undefined;
      try {
        return await work(client);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        throw failure;
      } finally {
        client.off('error', ignore);
        client.release(failure);
      }
    });
  }

  /** All or nothing: what `work` wrote stays only when it returns. */
  transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return this.connection(async (client) => {
      await client.query('BEGIN');
      try {
        const result = await work(client);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        // When this fails as well the connection is gone, and the server rolls back by itself.
        await client.query('ROLLBACK').catch(ignore);
        throw error;
      }
    });
  }

  /** Waits for statements under way; connections on which the server does not answer are cut in the end. */
  async close(): Promise<void> {
    const cut = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, CLOSE_PATIENCE_MS);
    try {
      await this.prisma.$disconnect();
      await this.#pool.end();
    } finally {
      clearTimeout(cut);
    }
  }
}

function ignore(): void {
  // Nothing to do.
}

/** Prisma's client whose errors are StoreErrors. */
export type StorePrisma = ReturnType<typeof createPrisma>;

// The return type is inferred: Prisma has no name for an extended client.
function createPrisma(pool: pg.Pool) {
  return new PrismaClient({ adapter: new PrismaPg(pool) }).$extends({
    query: { $allOperations: ({ args, query }) => withStoreErrors(() => query(args)) },
  });
}

function createPool(
  { databaseUrl, poolSize, statementTimeoutMs, log }: StoreSettings,
  sockets: Set<Socket>,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'portolan',
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    stream: () => {
      const socket = new Socket();
      // A server that does not even keep to its own limit answers no more.
      socket.setTimeout(statementTimeoutMs * LONG_STATEMENT + ANSWER_PATIENCE_MS, () => {
        socket.destroy(new Error('Connection terminated: the server does not answer'));
      });
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    idle_in_transaction_session_timeout: 60_000,
  });
  pool.on('error', (error) => log.warn(`A connection to the database was lost: ${error.message}`));
  return pool;
}
