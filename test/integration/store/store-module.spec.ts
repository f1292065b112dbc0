import { createServer, connect, type Server } from 'node:net';
import { Test } from '@nestjs/testing';
import {
  ClusterRepository,
  DatabaseHealth,
  openDatabase,
  StoreError,
  StoreModule,
} from '@portolan/store';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { silent } from './test-store.js';

let test: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  test = await createTestDatabase();
  admin = new pg.Client({ connectionString: test.url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await test.drop();
});

const connections = async (): Promise<number> =>
  (
    await admin.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'portolan'`,
    )
  ).rows[0]!.n;

describe('StoreModule', () => {
  it('gives repositories on a database that is up to date, and closes it with the application', async () => {
    const module = await Test.createTestingModule({
      imports: [StoreModule.forRoot({ databaseUrl: test.url, log: silent })],
    }).compile();
    await module.init();
    expect(await module.get(ClusterRepository).findBySlug('none')).toBeNull();
    const health = module.get(DatabaseHealth);
    expect([await health.ping(), await health.migrationsApplied()]).toEqual([true, true]);
    expect(await connections()).toBeGreaterThan(0);

    await admin.query(`UPDATE _prisma_migrations SET migration_name = 'later ' || migration_name`);
    expect(await health.migrationsApplied()).toBe(false);
    await admin.query(
      `UPDATE _prisma_migrations SET migration_name = substring(migration_name FROM 7)`,
    );

    await module.close();
    await expect.poll(connections).toBe(0);
    expect([await health.ping(), await health.migrationsApplied()]).toEqual([false, false]);
  });
});

describe('opening', () => {
  const open = (databaseUrl: string, connectTimeoutMs: number): Promise<unknown> =>
    openDatabase({ databaseUrl, log: silent, connectTimeoutMs }).then(
      (database) => database.close(),
      (error: unknown) => error,
    );

  /** The test server's URL by another port. */
  function through(server: Server): string {
    const address = server.address();
    const url = new URL(test.url);
    url.hostname = '127.0.0.1';
    url.port = String(address !== null && typeof address === 'object' ? address.port : 0);
    return url.toString();
  }

  it('waits for a server that comes later', async () => {
    const { hostname, port } = new URL(test.url);
    let isUp = false;
    const proxy = createServer((socket) => {
      socket.on('error', () => undefined);
      if (!isUp) return socket.destroy();
      const upstream = connect(Number(port) || 5432, hostname);
      upstream.on('error', () => socket.destroy());
      return socket.pipe(upstream).pipe(socket);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    setTimeout(() => {
      isUp = true;
    }, 300);
    try {
      expect(await open(through(proxy), 20_000)).toBeUndefined();
    } finally {
      proxy.close();
    }
  });

  it('gives up in time, and says where it looked but not the password', async () => {
    const error = await open('postgresql://me:secret@127.0.0.1:1/portolan', 500);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: 'UNAVAILABLE' });
    expect(String(error)).toContain('127.0.0.1:1/portolan');
    expect(String(error)).not.toContain('secret');
  });

  it('does not wait for a database that nobody made', async () => {
    const url = new URL(test.url);
    url.pathname = '/portolan_nobody_made_this';
    // Waiting would take longer than the test may.
    expect(String(await open(url.toString(), 3_600_000))).toMatch(
      /portolan_nobody_made_this.*does not exist/,
    );
  });
});
