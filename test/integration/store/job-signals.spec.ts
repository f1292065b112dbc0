import { JobSignals } from '@portolan/store';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from './test-store.js';

const PATIENCE = { timeout: 30_000 };

let store: TestStore;
let clusterId: string;
let signals: JobSignals;
/** What was told since the beginning of a case. */
let told: string[];
let missed: number;
beforeAll(async () => {
  store = await openTestStore();
  clusterId = (await store.newCluster()).id;
});
afterAll(() => store.close());
beforeEach(async () => {
  [told, missed] = [[], 0];
  signals = new JobSignals(store.database);
  signals.listen({
    changed: (id, status) => told.push(`${status} ${id}`),
    missed: () => missed++,
  });
  await expect.poll(() => missed, PATIENCE).toBe(1);
});
afterEach(() => signals.onApplicationShutdown());

async function newJob(): Promise<string> {
  const made = await store.jobs.create({ kind: 'INGEST', clusterId, request: '', uploads: [] });
  if (made === 'KEY_REUSED') throw new Error('no key was given');
  return made.job.id;
}

describe('signals', () => {
  it('tell what can be seen of jobs, and nothing of leases', async () => {
    const id = await newJob();
    const claimed = await store.claims.take(['INGEST'], 60);
    await store.claims.renew([claimed!.claim], 60);
    await store.claims.progress(claimed!.claim, { phase: 'BUILD', done: 1, total: 2 });
    await store.jobs.cancel(id);
    await expect.poll(() => told.at(-1), PATIENCE).toBe(`CANCELLED ${id}`);
    const states = ['QUEUED', 'IN_PROGRESS', 'IN_PROGRESS', 'CANCELLED'];
    expect(told).toEqual(states.map((status) => `${status} ${id}`));
  });

  it('go on when their connection is lost, and say that they may have missed something', async () => {
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'portolan signals' AND datname = current_database()`;
    expect(await store.database.query(cut)).toHaveLength(1);
    const unheard = await newJob();
    await expect.poll(() => missed, PATIENCE).toBe(2);
    const heard = await newJob();
    await expect.poll(() => told, PATIENCE).toContain(`QUEUED ${heard}`);
    // Who is told that something was missed reads it.
    expect(await store.jobs.find(unheard)).toMatchObject({ status: 'QUEUED' });
  });
});
