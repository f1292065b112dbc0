import { ClaimLostError, type ClaimedJob, type JobKind, type JobRow } from '@portolan/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { about, contentOf, openTestStore, problem, type TestStore } from './test-store.js';

const LEASE = 60;

let store: TestStore;
let clusterId: string;
beforeAll(async () => {
  store = await openTestStore();
  clusterId = (await store.newCluster()).id;
});
afterAll(() => store.close());
// What one case leaves would be taken up in the next.
beforeEach(() => store.database.query('DELETE FROM job'));

async function newJob(
  uploads: readonly string[] = [],
  kind: JobKind = 'INGEST',
  request = 'request',
): Promise<JobRow> {
  const result = await store.jobs.create({ kind, clusterId, request, uploads });
  if (result === 'KEY_REUSED') throw new Error('no key was given');
  return result.job;
}

async function take(): Promise<ClaimedJob> {
  const claimed = await store.claims.take(['INGEST', 'REVIEW'], LEASE);
  if (claimed === null) throw new Error('there is nothing to take');
  return claimed;
}

/** As if the worker that has a job had not been heard of for longer than its lease. */
async function lapse({ id }: JobRow): Promise<void> {
  await store.database.query(
    "UPDATE job SET lease_until = clock_timestamp() - interval '1 ms' WHERE id = $1",
    [id],
  );
}

const save = ({ claim }: ClaimedJob, value = 'a') =>
  store.snapshots.save(clusterId, contentOf({ a: value }), about, claim);

describe('a job', () => {
  it('goes from queued over progress to completed, together with its snapshot', async () => {
    const upload = await store.uploads.write([Buffer.from('bytes')]);
    const { id, ...queued } = await newJob([upload]);
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
    const claimed = await take();
    expect(claimed).toMatchObject({ request: 'request', attempt: 1 });
    expect(claimed.job).toMatchObject({
      id,
      status: 'IN_PROGRESS',
      phase: 'READ',
      startedAt: expect.any(Date),
    });
    const progress = { phase: 'BUILD', done: 6_000_000_000, total: 7_000_000_000 };
    await store.claims.progress(claimed.claim, progress);
    expect(await store.jobs.find(id)).toMatchObject(progress);
    expect(await store.count('upload_chunk')).toBe(1);
    const { snapshot, deduplicated } = await save(claimed);
    const completed = await store.jobs.find(id);
    expect(completed).toMatchObject({
      status: 'COMPLETED',
      snapshotId: snapshot.id,
      deduplicated,
      phase: 'STORE',
      done: 1,
      total: 1,
      finishedAt: expect.any(Date),
    });
    expect(await store.count('upload')).toBe(0);
    expect(await store.count('upload_chunk')).toBe(0);
  });

  it('keeps why it failed, with the problems, and lets go of its uploads', async () => {
    const { id } = await newJob([await store.uploads.write([Buffer.from('bytes')])]);
    const problems = Array.from({ length: 101 }, (_, i) => problem({ message: `m${i}\u0000` }));
    const { claim } = await take();
    await store.claims.fail(claim, {
      code: 'MANIFEST_INVALID',
      message: 'refused\u0000',
      problems,
    });
    const { status, error } = (await store.jobs.find(id))!;
    expect(status).toBe('FAILED');
    expect(error).toMatchObject({ code: 'MANIFEST_INVALID', message: 'refused\uFFFD' });
    expect(error!.problems).toHaveLength(100);
    expect(error!.problems[0]).toEqual(problem({ message: 'm0\uFFFD' }));
    expect(await store.count('upload')).toBe(0);
  });

  it('ends once: what comes later changes nothing', async () => {
    const endings = {
      complete: (claimed: ClaimedJob) => save(claimed),
      fail: ({ claim }: ClaimedJob) => store.claims.fail(claim, { code: 'X', message: 'x' }),
      cancel: ({ job }: ClaimedJob) => store.jobs.cancel(job.id),
    };
    for (const first of Object.values(endings)) {
      const { id } = await newJob();
      const claimed = await take();
      await first(claimed);
      const ended = await store.jobs.find(id);
      expect(ended!.finishedAt).not.toBeNull();
      await expect(endings.complete(claimed)).rejects.toBeInstanceOf(ClaimLostError);
      await expect(endings.fail(claimed)).rejects.toBeInstanceOf(ClaimLostError);
      expect(await endings.cancel(claimed)).toBeNull();
      const progress = { phase: 'BUILD', done: 1, total: 1 };
      const late = store.claims.progress(claimed.claim, progress);
      await expect(late).rejects.toBeInstanceOf(ClaimLostError);
      await store.claims.handBack(claimed.claim);
      await store.claims.retryAfter(claimed.claim, 0);
      expect(await store.jobs.find(id)).toEqual(ended);
      expect(await store.claims.take(['INGEST'], LEASE)).toBeNull();
    }
  });

  it('that ends in two ways at the same time ends in one', async () => {
    for (let i = 0; i < 10; i++) {
      await newJob();
      const claimed = await take();
      const before = await store.count('snapshot');
      const [cancelled, stored] = await Promise.allSettled([
        store.jobs.cancel(claimed.job.id),
        save(claimed, `race ${i}`),
      ]);
      const isCancelled = cancelled.status === 'fulfilled' && cancelled.value !== null;
      expect(stored.status).toBe(isCancelled ? 'rejected' : 'fulfilled');
      expect(await store.count('snapshot')).toBe(isCancelled ? before : before + 1);
    }
  });

  it('is found by the snapshot that it made, the first when there are several', async () => {
    const [, second] = [await newJob(), await newJob()];
    const [early, late] = [await take(), await take()];
    const { snapshot } = await save(late, 'made');
    expect((await save(early, 'made')).snapshot.id).toBe(snapshot.id);
    expect(late.job.id).toBe(second.id);
    expect(await store.jobs.findByResults(['x', snapshot.id])).toMatchObject([
      null,
      { id: early.job.id },
    ]);
  });

  it('is not found by what is no id', async () => {
    expect(await store.jobs.find('x')).toBeNull();
    expect(await store.jobs.cancel('x')).toBeNull();
    expect(await store.jobs.queuePositions(['x'])).toEqual([null]);
  });

  it('cannot be cancelled while it is being stored, unless its worker is lost', async () => {
    const job = await newJob();
    const { claim } = await take();
    await store.claims.progress(claim, { phase: 'STORE', done: 0, total: 1 });
    expect(await store.jobs.cancel(job.id)).toBeNull();
    await lapse(job);
    expect(await store.jobs.cancel(job.id)).toMatchObject({ status: 'CANCELLED' });
  });
});

describe('workers', () => {
  it('take up each job once, the oldest first, of the kinds that they do', async () => {
    const jobs = [await newJob(), await newJob([], 'REVIEW'), await newJob(), await newJob()];
    const ids = jobs.map(({ id }) => id);
    expect(await store.jobs.queuePositions(ids)).toEqual([1, 1, 2, 3]);
    const taken = await Promise.all(jobs.map(() => store.claims.take(['INGEST'], LEASE)));
    expect(new Set(taken.flatMap((claimed) => claimed?.job.id ?? []))).toEqual(
      new Set([ids[0], ids[2], ids[3]]),
    );
    expect(await store.claims.take(['REVIEW'], LEASE)).toMatchObject({ job: { id: ids[1] } });
    expect(await store.jobs.queuePositions(ids)).toEqual([null, null, null, null]);
  });

  it('take over from one that is heard of no more, whose work does not count', async () => {
    const job = await newJob([await store.uploads.write([Buffer.from('bytes')])]);
    const lost = await take();
    expect(await store.claims.take(['INGEST'], LEASE)).toBeNull();
    await lapse(job);
    const next = await take();
    expect(next).toMatchObject({ job: { id: job.id }, attempt: 2 });
    expect(await store.count('upload')).toBe(1);
    const snapshots = await store.count('snapshot');
    await expect(save(lost, 'twice')).rejects.toBeInstanceOf(ClaimLostError);
    await expect(store.claims.fail(lost.claim, { code: 'X', message: 'x' })).rejects.toThrow();
    expect(await store.count('snapshot')).toBe(snapshots);
    await save(next, 'twice');
    expect(await store.jobs.find(job.id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('keep a job as long as they renew its lease', async () => {
    const job = await newJob();
    const { claim } = await take();
    const cancelled = await newJob();
    const { claim: gone } = await take();
    await store.jobs.cancel(cancelled.id);
    await lapse(job);
    expect(await store.claims.renew([claim, gone], LEASE)).toEqual([claim]);
    expect(await store.claims.take(['INGEST'], LEASE)).toBeNull();
    expect(await store.claims.renew([], LEASE)).toEqual([]);
  });

  it('do not take up what is being stored, however long that takes', async () => {
    const job = await newJob();
    const { claim } = await take();
    await lapse(job);
    await store.database.transaction(async (client) => {
      await client.query('SELECT FROM job WHERE id = $1 FOR NO KEY UPDATE', [job.id]);
      expect(await store.claims.take(['INGEST'], LEASE)).toBeNull();
      expect(await store.claims.failLost()).toBe(0);
      // Nobody has it, so it is still ours.
      expect(await store.claims.renew([claim], LEASE)).toEqual([claim]);
    });
  });

  it('lose a job three times, then it has failed', async () => {
    const job = await newJob([await store.uploads.write([Buffer.from('bytes')])]);
    for (const attempt of [1, 2, 3]) {
      expect(await store.claims.failLost()).toBe(0);
      expect(await take()).toMatchObject({ attempt });
      await lapse(job);
    }
    expect(await store.claims.take(['INGEST'], LEASE)).toBeNull();
    expect(await store.claims.failLost()).toBe(1);
    expect(await store.jobs.find(job.id)).toMatchObject({
      status: 'FAILED',
      error: { code: 'INTERRUPTED', problems: [] },
    });
    expect(await store.count('upload')).toBe(0);
  });

  it('hand back what they do not end, as if it had not been taken up', async () => {
    const job = await newJob();
    for (let i = 0; i < 5; i++) {
      const { claim, attempt } = await take();
      expect(attempt).toBe(1);
      await store.claims.handBack(claim);
      expect(await store.jobs.find(job.id)).toEqual(job);
    }
    const { claim } = await take();
    await store.claims.retryAfter(claim, LEASE);
    expect(await store.claims.take(['INGEST'], LEASE)).toBeNull();
    await lapse(job);
    expect(await take()).toMatchObject({ attempt: 2 });
  });
});

describe('too many waiting jobs', () => {
  it('are refused from the last one on, each kind by itself', async () => {
    const failure = { code: 'LIMIT_REACHED', message: 'later' };
    const [first, second, review] = [await newJob(), await newJob(), await newJob([], 'REVIEW')];
    expect(await store.jobs.refuseBeyond(1, first.id, failure)).toBeNull();
    expect(await store.jobs.refuseBeyond(1, review.id, failure)).toBeNull();
    expect(await store.jobs.refuseBeyond(1, second.id, failure)).toMatchObject({
      status: 'FAILED',
      error: { code: 'LIMIT_REACHED', message: 'later' },
    });
    await take();
    expect(await store.jobs.refuseBeyond(0, first.id, failure)).toBeNull();
  });
});

describe('an idempotency key', () => {
  const create = (idempotencyKey: string, requestFingerprint: string | null, cluster = clusterId) =>
    store.jobs.create({
      kind: 'INGEST',
      clusterId: cluster,
      idempotencyKey,
      requestFingerprint,
      request: '',
      uploads: [],
    });

  it('gives the first job for the same request, also after it ended', async () => {
    const first = await create('k1', 'request');
    if (first === 'KEY_REUSED') throw new Error('the key is new');
    expect(first.created).toBe(true);
    expect(await create('k1', 'request')).toEqual({ job: first.job, created: false });
    const failed = await store.jobs.cancel(first.job.id);
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

describe('uploads', () => {
  it('come back as they were, whatever the size of the chunks', async () => {
    const bytes = Buffer.from(Array.from({ length: 5_300_000 }, (_, i) => (i * 31) % 251));
    for (const size of [700_000, 1 << 20, 6_000_000]) {
      const chunks = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      const id = await store.uploads.write(chunks);
      const read: Buffer[] = [];
      for await (const chunk of store.uploads.read(id)) read.push(chunk);
      expect(Buffer.concat(read).equals(bytes)).toBe(true);
      await store.uploads.remove(id);
    }
    expect(await store.count('upload_chunk')).toBe(0);
  });

  it('may be empty, and leave nothing when they end early', async () => {
    const empty = await store.uploads.write([]);
    for await (const chunk of store.uploads.read(empty)) throw new Error(`${chunk.length} bytes`);
    await store.uploads.remove(empty);
    const broken = (async function* () {
      yield await Promise.resolve(Buffer.alloc(5 << 20));
      throw new Error('gone');
    })();
    await expect(store.uploads.write(broken)).rejects.toThrow('gone');
    expect(await store.count('upload')).toBe(0);
  });

  it('that nobody completed are removed in time, and no others', async () => {
    const [left, young] = [await store.uploads.write([]), await store.uploads.write([])];
    const old = await store.uploads.write([]);
    await newJob([old]);
    await store.database.query(
      "UPDATE upload SET created_at = now() - interval '4 hours' WHERE id = ANY($1::uuid[])",
      [[left, old]],
    );
    expect(await store.uploads.removeLeft()).toBe(1);
    const rows = await store.database.query<{ id: string }>('SELECT id FROM upload');
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([young, old]));
  });
});
