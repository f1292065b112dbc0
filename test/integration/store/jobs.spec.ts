import { type JobRow, JobRepository, openDatabase } from '@portolan/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { about, contentOf, openTestStore, problem, silent, type TestStore } from './test-store.js';

let store: TestStore;
let clusterId: string;
let snapshotId: string;
beforeAll(async () => {
  store = await openTestStore();
  clusterId = (await store.newCluster()).id;
  snapshotId = (await store.snapshots.save(clusterId, contentOf({}), about)).snapshot.id;
});
afterAll(() => store.close());

async function newJob(): Promise<JobRow> {
  const result = await store.jobs.create({ kind: 'INGEST', clusterId });
  if (result === 'KEY_REUSED') throw new Error('no key was given');
  return result.job;
}

describe('a job', () => {
  it('goes from queued over progress to completed', async () => {
    const { id, ...queued } = await newJob();
    expect(queued).toMatchObject({
      kind: 'INGEST',
      clusterId,
      status: 'QUEUED',
      phase: 'QUEUED',
      done: 0,
      total: null,
      snapshotId: null,
      deduplicated: false,
      error: null,
      startedAt: null,
      finishedAt: null,
    });
    expect(await store.jobs.start(id)).toMatchObject({
      status: 'IN_PROGRESS',
      startedAt: expect.any(Date),
    });
    const progress = { phase: 'PARSE', done: 6_000_000_000, total: 7_000_000_000 };
    expect(await store.jobs.progress(id, progress)).toMatchObject(progress);
    expect(await store.jobs.progress(id, { phase: 'STORE', done: 0, total: null })).toMatchObject({
      phase: 'STORE',
      total: null,
    });
    const completed = await store.jobs.complete(id, snapshotId, { deduplicated: true });
    expect(completed).toMatchObject({ status: 'COMPLETED', snapshotId, deduplicated: true });
    expect(completed!.finishedAt).toBeInstanceOf(Date);
    expect(await store.jobs.find(id)).toEqual(completed);
  });

  it('keeps why it failed, with the problems', async () => {
    const { id } = await newJob();
    const problems = Array.from({ length: 101 }, (_, i) => problem({ message: `m${i}\u0000` }));
    await store.jobs.fail(id, { code: 'MANIFEST_INVALID', message: 'refused\u0000', problems });
    const { status, error } = (await store.jobs.find(id))!;
    expect(status).toBe('FAILED');
    expect(error).toMatchObject({ code: 'MANIFEST_INVALID', message: 'refused\uFFFD' });
    expect(error!.problems).toHaveLength(100);
    expect(error!.problems[0]).toEqual(problem({ message: 'm0\uFFFD' }));
  });

  it('ends once: what comes later changes nothing', async () => {
    const endings = {
      complete: (id: string) => store.jobs.complete(id, snapshotId, { deduplicated: false }),
      fail: (id: string) => store.jobs.fail(id, { code: 'X', message: 'x' }),
      cancel: (id: string) => store.jobs.cancel(id),
    };
    for (const first of Object.values(endings)) {
      const { id } = await newJob();
      const ended = await first(id);
      expect(ended!.finishedAt).not.toBeNull();
      for (const later of Object.values(endings)) expect(await later(id)).toBeNull();
      expect(await store.jobs.start(id)).toBeNull();
      expect(await store.jobs.progress(id, { phase: 'PARSE', done: 1, total: 1 })).toBeNull();
      expect(await store.jobs.find(id)).toEqual(ended);
    }
  });

  it('that ends in two ways at the same time ends in one', async () => {
    for (let i = 0; i < 10; i++) {
      const { id } = await newJob();
      const results = await Promise.all([
        store.jobs.cancel(id),
        store.jobs.complete(id, snapshotId, { deduplicated: false }),
      ]);
      expect(results.filter((result) => result !== null)).toHaveLength(1);
    }
  });

  it('is found by the snapshot that it made, the first when there are several', async () => {
    const { id } = await store.newCluster();
    const { snapshot } = await store.snapshots.save(id, contentOf({ a: 'made' }), about);
    const [first, second] = [await newJob(), await newJob()];
    await store.jobs.complete(second.id, snapshot.id, { deduplicated: true });
    const made = await store.jobs.complete(first.id, snapshot.id, { deduplicated: false });
    expect(await store.jobs.findByResults(['x', snapshot.id])).toEqual([null, made]);
  });

  it('is not found by what is no id', async () => {
    expect(await store.jobs.find('x')).toBeNull();
    expect(await store.jobs.cancel('x')).toBeNull();
  });
});

describe('an idempotency key', () => {
  const create = (idempotencyKey: string, requestFingerprint: string | null, cluster = clusterId) =>
    store.jobs.create({ kind: 'INGEST', clusterId: cluster, idempotencyKey, requestFingerprint });

  it('gives the first job for the same request, also after it ended', async () => {
    const first = await create('k1', 'request');
    if (first === 'KEY_REUSED') throw new Error('the key is new');
    expect(first.created).toBe(true);
    expect(await create('k1', 'request')).toEqual({ job: first.job, created: false });
    const failed = await store.jobs.fail(first.job.id, { code: 'X', message: 'x' });
    expect(await create('k1', 'request')).toEqual({ job: failed, created: false });
  });

  it('is refused for another request', async () => {
    await create('k2', 'request');
    expect(await create('k2', 'another')).toBe('KEY_REUSED');
    expect(await create('k2', null)).toBe('KEY_REUSED');
  });

  it('is a matter of one cluster', async () => {
    const other = await store.newCluster();
    await create('k3', 'request');
    expect(await create('k3', 'another', other.id)).toMatchObject({ created: true });
  });

  it('makes one job when it comes several times at once', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => create('k4', 'request')));
    const jobs = results.map((result) => (result === 'KEY_REUSED' ? null : result.job.id));
    expect(new Set(jobs).size).toBe(1);
  });

  it('may be any text', async () => {
    for (const key of ['', 'a\u0000b', 'x'.repeat(100_000)]) {
      expect(await create(key, key)).toMatchObject({ created: true });
      expect(await create(key, key)).toMatchObject({ created: false });
    }
  });

  it('does not hide that the cluster does not exist', async () => {
    const creating = create('k5', null, '00000000-0000-4000-8000-000000000000');
    await expect(creating).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('after a restart', () => {
  it('unfinished jobs of the earlier process have failed, others are as they were', async () => {
    const [queued, running, cancelled] = [await newJob(), await newJob(), await newJob()];
    await store.jobs.start(running.id);
    await store.jobs.cancel(cancelled.id);
    const database = await openDatabase({ databaseUrl: store.url, log: silent });
    try {
      const jobs = new JobRepository(database);
      const own = await jobs.create({ kind: 'INGEST', clusterId });
      expect(await jobs.failInterrupted('The server was restarted.')).toBeGreaterThanOrEqual(2);
      for (const { id } of [queued, running]) {
        expect(await jobs.find(id)).toMatchObject({
          status: 'FAILED',
          error: { code: 'INTERRUPTED', message: 'The server was restarted.', problems: [] },
        });
      }
      expect(await jobs.find(cancelled.id)).toMatchObject({ status: 'CANCELLED' });
      expect(own === 'KEY_REUSED' ? null : await jobs.find(own.job.id)).toMatchObject({
        status: 'QUEUED',
      });
      expect(await jobs.failInterrupted('again')).toBe(0);
    } finally {
      await database.close();
    }
  });
});
