import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from './database.js';
import { DatabaseHealth } from './database-health.js';

/** AuthenticationOk and ReadyForQuery of the PostgreSQL protocol, version 3. */
const WELCOME = Buffer.from('5200000008000000005a0000000549', 'hex');

/** A server that lets everybody in and answers no query. */
let server: Server;
const sockets = new Set<Socket>();
beforeEach(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.once('data', () => socket.write(WELCOME));
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

describe('a database that does not answer', () => {
  it('is not well, and keeps nobody from stopping', async () => {
    const { port } = server.address() as AddressInfo;
    const database = new Database(
      {
        databaseUrl: `postgresql://u:p@127.0.0.1:${port}/db`,
        poolSize: 2,
        statementTimeoutMs: 30_000,
        connectTimeoutMs: 1_000,
        migrationsFolder: '',
        signal: new AbortController().signal,
        log: { info: () => undefined, warn: () => undefined },
      },
      [],
    );
    expect(await new DatabaseHealth(database).ping()).toBe(false);
    await database.close();
    await expect(database.query('SELECT 1')).rejects.toThrow();
  });
});
