import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { about, contentOf, openTestStore, problem, type TestStore } from './test-store.js';

const TABLES = ['snapshot', 'block', 'block_chunk', 'snapshot_part', 'problem', 'skipped_kind'];

let store: TestStore;
let bystander: pg.Client;
beforeAll(async () => {
  store = await openTestStore();
  bystander = new pg.Client({ connectionString: store.url });
  await bystander.connect();
});
afterAll(async () => {
  await bystander.end();
  await store.close();
});

let before: number[];
const counts = (): Promise<number[]> => Promise.all(TABLES.map((table) => store.count(table)));
beforeEach(async () => {
  before = await counts();
});

/** Waits until a statement of the store stands still because of the bystander; returns its backend. */
async function blockedBackend(): Promise<number> {
  for (;;) {
    const { rows } = await bystander.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND pg_backend_pid() = ANY(pg_blocking_pids(pid))`,
    );
    if (rows[0] !== undefined) return rows[0].pid;
  }
}

describe('a crash while a snapshot is stored', () => {
  const tables = [
    ['before the blocks', 'block'],
    ['between the blocks and their bytes', 'block_chunk'],
    ['between the bytes and the snapshot', 'snapshot'],
    ['between the snapshot and its parts', 'snapshot_part'],
    ['between the parts and the problems', 'problem'],
  ] as const;

  it.each(tables)(
    '%s leaves nothing, and the same upload succeeds afterwards',
    async (when, table) => {
      const { id } = await store.newCluster();
      const content = contentOf({ a: when, b: `${when} too` }, { problems: [problem()] });
      await bystander.query(`BEGIN; LOCK TABLE ${table} IN SHARE MODE`);
      const saving = store.snapshots.save(id, content, about).catch((error: unknown) => error);
      const backend = await blockedBackend();
      await bystander.query('SELECT pg_terminate_backend($1)', [backend]);
      expect(await saving).toMatchObject({ name: 'StoreError', code: 'UNAVAILABLE' });
      await bystander.query('ROLLBACK');
      expect(await counts()).toEqual(before);

      const { snapshot, deduplicated } = await store.snapshots.save(id, content, about);
      expect(deduplicated).toBe(false);
      expect(await store.snapshots.loadSegments(snapshot.id)).toHaveLength(2);
    },
  );

  it('does not lose the blocks of another upload that waited for them', async () => {
    const [one, other] = [await store.newCluster(), await store.newCluster()];
    const content = contentOf({ a: 'waited for' });
    await bystander.query('BEGIN; LOCK TABLE snapshot IN SHARE MODE');
    const first = store.snapshots.save(one.id, content, about).catch((error: unknown) => error);
    const backend = await blockedBackend();
    const second = store.snapshots.save(other.id, content, about);
    await bystander.query('SELECT pg_terminate_backend($1)', [backend]);
    expect(await first).toMatchObject({ code: 'UNAVAILABLE' });
    await bystander.query('ROLLBACK');
    const { snapshot } = await second;
    expect(await store.snapshots.loadSegments(snapshot.id)).toHaveLength(1);
  });
});

describe('an error while a snapshot is stored', () => {
  it('leaves nothing, and uses up no connections', async () => {
    const { id } = await store.newCluster();
    const impossible = problem({ location: { ...problem().location, documentIndex: -1 } });
    const content = contentOf({ a: 'fails late' }, { problems: [impossible] });
    for (let i = 0; i < 20; i++) {
      await expect(store.snapshots.save(id, content, about)).rejects.toMatchObject({
        code: 'CONFLICT',
      });
    }
    expect(await counts()).toEqual(before);
  });
});

describe('a lost connection', () => {
  it('is replaced by itself', async () => {
    await Promise.all(
      Array.from({ length: 5 }, () => store.database.query('SELECT pg_sleep(0.05)')),
    );
    await bystander.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    // The pool learns of it when the server's farewell arrives; until then a request may fail, but not for long.
    await expect
      .poll(() => store.clusters.findBySlug('nobody').catch((error: unknown) => error))
      .toBeNull();
  });

  it('while bytes are read is UNAVAILABLE', async () => {
    const { id } = await store.newCluster();
    const { snapshot } = await store.snapshots.save(id, contentOf({ a: 'read' }), about);
    await bystander.query('BEGIN; LOCK TABLE block_chunk IN ACCESS EXCLUSIVE MODE');
    const loading = store.snapshots.loadSegments(snapshot.id).catch((error: unknown) => error);
    await bystander.query('SELECT pg_terminate_backend($1)', [await blockedBackend()]);
    expect(await loading).toMatchObject({ name: 'StoreError', code: 'UNAVAILABLE' });
    await bystander.query('ROLLBACK');
    expect(await store.snapshots.loadSegments(snapshot.id)).toHaveLength(1);
  });
});
