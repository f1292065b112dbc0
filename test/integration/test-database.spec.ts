import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let one: TestDatabase;
let other: TestDatabase;

beforeAll(async () => {
  [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(() => Promise.all([one.drop(), other.drop()]));

it('gives every caller an empty UTF-8 database of its own', async () => {
  expect(one.url).not.toBe(other.url);
  for (const { url } of [one, other]) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('CREATE TABLE thing (name text)');
    const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding');
    expect(rows).toEqual([{ server_encoding: 'UTF8' }]);
    await client.end();
  }
});
