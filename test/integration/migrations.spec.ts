import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MigrationError, openDatabase } from '@portolan/store';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MIGRATIONS = join(ROOT, 'prisma', 'migrations');

let test: TestDatabase;
/** A copy of the migrations, to be tampered with. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-migrations-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  test = await createTestDatabase();
  await rm(folder, { recursive: true });
  await cp(MIGRATIONS, folder, { recursive: true });
});
afterEach(() => test.drop());

/** Opens the store as a start of the server does; returns what it logged. */
async function start(migrationsFolder = MIGRATIONS): Promise<string[]> {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const log = { info: write, warn: write };
  await (await openDatabase({ databaseUrl: test.url, log, migrationsFolder })).close();
  return lines;
}

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: test.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The Prisma CLI on the test's database. */
async function prisma(...args: string[]): Promise<{ code: number; output: string }> {
  const cli = join(ROOT, 'node_modules', 'prisma', 'build', 'index.js');
  const env = { ...process.env, DATABASE_URL: test.url, CHECKPOINT_DISABLE: '1' };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...args], {
      cwd: ROOT,
      env,
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

/** What would have to change in the database for it to be as the schema says; code 2 when something would. */
function diffTo(schema: string): Promise<{ code: number; output: string }> {
  return prisma(
    'migrate',
    'diff',
    '--from-config-datasource',
    '--to-schema',
    schema,
    '--exit-code',
  );
}

describe("the start and Prisma's CLI", () => {
  it('agree on a database that the start migrated, and it is what the schema says', async () => {
    await start();
    expect(await prisma('migrate', 'status')).toMatchObject({
      code: 0,
      output: expect.stringContaining('up to date'),
    });
    expect(await prisma('migrate', 'deploy')).toMatchObject({
      code: 0,
      output: expect.stringContaining('No pending migrations'),
    });
    expect(await diffTo('prisma/schema.prisma')).toMatchObject({
      code: 0,
      output: expect.stringContaining('No difference detected'),
    });
  });

  it('notice a schema whose migration was forgotten', async () => {
    await start();
    const schema = await readFile(join(ROOT, 'prisma', 'schema.prisma'), 'utf8');
    const changed = join(folder, 'schema.prisma');
    await writeFile(changed, schema.replace('model Cluster {', 'model Cluster {\n  extra String?'));
    expect(await diffTo(changed)).toMatchObject({
      code: 2,
      output: expect.stringContaining('extra'),
    });
  });

  it('agree on a database that the CLI migrated', async () => {
    expect(await prisma('migrate', 'deploy')).toMatchObject({ code: 0 });
    expect(await start()).toEqual([]);
  });
});

describe('the start', () => {
  it('applies each migration once, also when two processes start at once and start again', async () => {
    await Promise.all([start(), start(), start()]);
    expect(await start()).toEqual([]);
    const names = (await readdir(MIGRATIONS)).filter(
      (name) => name.includes('_') && !name.includes('.'),
    );
    expect(await query('SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1')).toEqual(
      names.sort().map((name) => ({ name })),
    );
  });

  it('leaves the database as it was when a migration fails, and goes on when it is mended', async () => {
    await start();
    await addMigration('9998_half', 'CREATE TABLE half (); SELECT 1/0;');
    const failing = start(folder);
    await expect(failing).rejects.toThrow(MigrationError);
    await expect(failing).rejects.toThrow(/9998_half.*division by zero/);
    expect(await query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    await writeFile(join(folder, '9998_half', 'migration.sql'), 'CREATE TABLE half ();');
    expect(await start(folder)).toEqual(['Applied migration 9998_half']);
  });

  it('gives clusters that were there before an empty profile', async () => {
    await rm(join(folder, '20261126160000_cluster_profile'), { recursive: true });
    await start(folder);
    await query(`INSERT INTO cluster (slug, name) VALUES ('old', 'Old')`);
    expect(await start()).toEqual(['Applied migration 20261126160000_cluster_profile']);
    expect(await query('SELECT profile FROM cluster')).toEqual([{ profile: {} }]);
    const noObject = query(`UPDATE cluster SET profile = '[]'`);
    await expect(noObject).rejects.toThrow('cluster_profile_check');
  });

  it('refuses a database of a newer version', async () => {
    await addMigration('9999_future', 'SELECT 1;');
    await start(folder);
    await expect(start()).rejects.toThrow(/newer version.*9999_future/);
  });

  it('warns of a migration that was edited after it was applied', async () => {
    await start();
    const [name] = (await readdir(MIGRATIONS)).sort();
    await writeFile(join(folder, name!, 'migration.sql'), '-- nothing');
    expect(await start(folder)).toEqual([expect.stringContaining(`${name!} was edited`)]);
  });

  it("refuses a database on which the CLI's migration failed", async () => {
    await start();
    await query('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(start()).rejects.toThrow(/migrate resolve --rolled-back/);
  });
});
