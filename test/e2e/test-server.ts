import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pg from 'pg';
import request from 'supertest';
import { createApp } from '../../apps/api/src/create-app.js';
import type { ServerConfig } from '../../apps/api/src/config/config.js';
import { readConfig } from '../../apps/api/src/config/read-config.js';
import { createLog } from '../../apps/api/src/logging/log.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

/** JSON of an answer: a test asserts what is in it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything else would assert it twice
export type Answer = any;

/** A server on a database of its own, on a free port of the loopback address. */
export interface TestServer {
  readonly app: NestExpressApplication;
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly database: TestDatabase;
  /** Uploads whose bytes are kept: those that are being received, or wait for a worker. */
  readonly keptUploads: () => Promise<number>;
  /** Everything that it logged. */
  readonly logged: () => string;
  /** The answer's body to a query. */
  readonly ask: (query: string, variables?: object) => Promise<Answer>;
  readonly createCluster: (slug: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface TestServerOptions {
  readonly config?: Partial<ServerConfig>;
  /** Kept when the server closes; a new one otherwise. */
  readonly database?: TestDatabase;
  readonly token?: string;
}

export async function startTestServer({
  config = {},
  database: given,
  token,
}: TestServerOptions = {}): Promise<TestServer> {
  const database = given ?? (await createTestDatabase());
  const lines: string[] = [];
  const log = createLog(
    'debug',
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    }),
  );
  const app = await createApp(
    { ...readConfig({}), databaseUrl: database.url, threads: 2, ...config },
    log,
  );
  await app.listen(0, '127.0.0.1');
  const server: Server = app.getHttpServer();
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const ask: TestServer['ask'] = async (query, variables) => {
    const asking = request(url).post('/graphql').send({ query, variables });
    if (token !== undefined) void asking.set('authorization', `Bearer ${token}`);
    const answer = await asking;
    return answer.body as unknown;
  };
  return {
    app,
    url,
    database,
    ask,
    keptUploads: () => countUploads(database.url),
    logged: () => lines.join(''),
    createCluster: async (slug) => {
      const { data } = await ask(CREATE_CLUSTER, { slug });
      if (data?.createCluster?.cluster?.slug !== slug) throw new Error(`no cluster ${slug}`);
    },
    close: async () => {
      await app.close();
      if (given === undefined) await database.drop();
    },
  };
}

const CREATE_CLUSTER = `mutation ($slug: String!) {
  createCluster(input: { slug: $slug }) { cluster { slug } userErrors { message } }
}`;

async function countUploads(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM upload');
    return rows[0]?.n ?? 0;
  } finally {
    await client.end();
  }
}

/** What `tokenDigests` of the configuration holds for a token. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
