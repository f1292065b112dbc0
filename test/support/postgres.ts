import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../libs/store/src/embedded-postgres/start-embedded-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server that tests may make databases on, and how the names of this run's begin. */
    readonly postgres: { readonly url: string; readonly prefix: string };
  }
}

/** A database of its own for one test file. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const dropDatabase = (url: string, name: string): Promise<unknown[]> =>
  query(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  if (process.env.DATABASE_URL !== undefined) {
    return { url: process.env.DATABASE_URL, stop: () => Promise.resolve() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'portolan-test-'));
  // As root, PostgreSQL runs as another user, who has to get through.
  chmodSync(folder, 0o755);
  const removeAll = (location: string): void => {
    for (const path of [location, folder]) rmSync(path, { recursive: true, force: true });
  };
  try {
    const server = await startEmbeddedPostgres({ dataDirectory: folder, isDurable: false });
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        removeAll(server.folder);
      },
    };
  } catch (error) {
    removeAll(folder);
    throw error;
  }
}

/** Makes an empty database on the server of this test run. Drop it in `afterAll`; what is forgotten goes at the end. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, prefix } = inject('postgres');
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await query(url, `CREATE DATABASE ${name} TEMPLATE template0`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.toString(),
    drop: async () => {
      await dropDatabase(url, name);
    },
  };
}

/** vitest's globalSetup: the server of DATABASE_URL, or an embedded one for this run. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startServer();
  const prefix = `portolan_test_${randomBytes(4).toString('hex')}_`;
  provide('postgres', { url, prefix });
  return async () => {
    const left = await query<{ datname: string }>(
      url,
      `SELECT datname FROM pg_database WHERE starts_with(datname, '${prefix}')`,
    );
    for (const { datname } of left) await dropDatabase(url, datname);
    await stop();
  };
}
