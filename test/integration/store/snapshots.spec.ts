import { randomBytes } from 'node:crypto';
import { StoreError } from '@portolan/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { about, contentOf, openTestStore, problem, type TestStore } from './test-store.js';

const MEGABYTE = 1 << 20;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

describe('content', () => {
  it('comes back byte for byte, in one shared buffer, aligned, whatever the size of its chunks', async () => {
    const { id } = await store.newCluster();
    const sizes = { '': 5, a: MEGABYTE, b: MEGABYTE + 1, c: 0, d: 3 * MEGABYTE - 1, e: 12_345 };
    const content = contentOf(
      Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, randomBytes(size)])),
    );
    const { snapshot } = await store.snapshots.save(id, content, about);

    const segments = await store.snapshots.loadSegments(snapshot.id);
    expect(segments.map(({ namespace }) => namespace)).toEqual(Object.keys(sizes));
    segments.forEach(({ bytes }, i) => {
      expect(Buffer.from(bytes).equals(content.parts[i]!.segment.bytes)).toBe(true);
    });
    expect(new Set(segments.map(({ bytes }) => bytes.buffer)).size).toBe(1);
    expect(segments[0]!.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(segments.every(({ bytes }) => bytes.byteOffset % 8 === 0)).toBe(true);

    const sources = await store.snapshots.loadSources(snapshot.id);
    expect(sources.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(
      Object.keys(sizes).map((name) => `sources ${name} here`),
    );
  });

  it('may be empty', async () => {
    const { id } = await store.newCluster();
    const { snapshot } = await store.snapshots.save(id, contentOf({}), about);
    expect(await store.snapshots.loadSegments(snapshot.id)).toEqual([]);
  });

  it('takes bytes that lie in shared memory', async () => {
    const { id } = await store.newCluster();
    const bytes = new Uint8Array(new SharedArrayBuffer(100), 4, 64).fill(7);
    const { snapshot } = await store.snapshots.save(id, contentOf({ a: bytes }), about);
    const [segment] = await store.snapshots.loadSegments(snapshot.id);
    expect(Buffer.from(segment!.bytes).equals(Buffer.alloc(64, 7))).toBe(true);
  });

  it('is stored once for all snapshots that share it', async () => {
    const [one, other] = [await store.newCluster(), await store.newCluster()];
    await store.snapshots.save(one.id, contentOf({ a: 'shared', b: 'one' }), about);
    const before = await store.count('block');
    await store.snapshots.save(other.id, contentOf({ a: 'shared', b: 'other' }), about);
    expect((await store.count('block')) - before).toBe(1);
  });
});

describe('what is said about a snapshot', () => {
  it('comes back as it was given', async () => {
    const { id } = await store.newCluster();
    const takenAt = new Date('2024-02-29T12:34:56.789Z');
    const git = {
      repository: 'example.com/deploy',
      commit: 'ABCDEF0123'.repeat(4),
      ref: 'refs/heads/main',
      pullRequest: 7,
      url: 'https://example.com/7',
    };
    const content = {
      ...contentOf(
        { a: 'about' },
        {
          problems: [
            problem(),
            problem({ outcome: 'DUPLICATE' }),
            problem(),
            problem({ code: 'UNSUPPORTED_FIELD', outcome: 'INDEXED' }),
          ],
        },
      ),
      problemsOmitted: 9,
      skippedKinds: [
        { group: 'example.com', kind: 'Widget', count: 2 },
        { group: '', kind: 'ConfigMap', count: 1 },
      ],
    };
    const { snapshot, deduplicated } = await store.snapshots.save(id, content, {
      completeness: 'PARTIAL',
      takenAt,
      git,
      actor: 'ci',
      sourceKind: 'LIVE',
      renderer: 'kustomize v5',
    });
    expect(deduplicated).toBe(false);
    expect(snapshot).toMatchObject({
      clusterId: id,
      digest: content.digest,
      sourceDigest: content.sourceDigest,
      completeness: 'PARTIAL',
      takenAt,
      sourceKind: 'LIVE',
      actor: 'ci',
      renderer: 'kustomize v5',
      git: { ...git, commit: git.commit.toLowerCase() },
      stats: content.stats,
      problemCounts: { INVALID_SYNTAX: 2, DUPLICATE: 1, INDEXED: 1, UNSUPPORTED_FIELD: 1 },
      problemsOmitted: 9,
    });
    expect(snapshot.key).toMatch(/^[0-9a-f]{64}$/);
    expect(await store.snapshots.findById(snapshot.id)).toEqual(snapshot);
    expect(await store.snapshots.findByDigest(content.digest)).toEqual(snapshot);
    expect(await store.snapshots.ofCommit(id, git.commit)).toEqual(snapshot);
    expect(await store.snapshots.ofCommit(id, 'b'.repeat(40))).toBeNull();
    const { skippedKinds } = content;
    expect(await store.snapshots.skippedKinds(snapshot.id, 100)).toEqual(skippedKinds);
    expect(await store.snapshots.skippedKinds(snapshot.id, 1)).toEqual(skippedKinds.slice(0, 1));
  });

  it('pages problems in input order, by outcome', async () => {
    const { id } = await store.newCluster();
    const problems = Array.from({ length: 25 }, (_, i) =>
      problem({ message: `m${i}`, outcome: i % 5 === 0 ? 'DUPLICATE' : 'INDEXED' }),
    );
    const { snapshot } = await store.snapshots.save(id, contentOf({}, { problems }), about);
    const all = await store.snapshots.problems(snapshot.id, { offset: 3, limit: 4 });
    expect(all).toEqual({ items: problems.slice(3, 7), total: 25 });
    const duplicates = await store.snapshots.problems(snapshot.id, {
      outcome: 'DUPLICATE',
      offset: 1,
      limit: 2,
    });
    expect(duplicates).toEqual({ items: [problems[5], problems[10]], total: 5 });
  });

  it('holds any text', async () => {
    const { id } = await store.newCluster();
    const nasty = `a\u0000"{}\\,NULL'\ud800 😀`;
    const problems = [
      problem({ message: nasty, kind: nasty, object: '', field: 'NULL' }),
      problem({ message: 'x'.repeat(100_000), location: { ...problem().location, path: nasty } }),
    ];
    const { snapshot } = await store.snapshots.save(id, contentOf({}, { problems }), {
      ...about,
      actor: nasty,
    });
    const stored = `a\uFFFD"{}\\,NULL'\uFFFD 😀`;
    const { items } = await store.snapshots.problems(snapshot.id, { offset: 0, limit: 10 });
    expect(items[0]).toEqual({ ...problems[0], message: stored, kind: stored });
    expect(items[1]!.message).toHaveLength(2048);
    expect(items[1]!.location.path).toBe(stored);
    expect(snapshot.actor).toBe(stored);
  });
});

describe('equal uploads', () => {
  it('are one snapshot', async () => {
    const { id } = await store.newCluster();
    const first = await store.snapshots.save(id, contentOf({ a: 'same' }), about);
    const second = await store.snapshots.save(id, contentOf({ a: 'same' }), about);
    expect([first.deduplicated, second.deduplicated]).toEqual([false, true]);
    expect(second.snapshot).toEqual(first.snapshot);
  });

  it('are two when another came between them: A, B, A makes A the latest', async () => {
    const { id } = await store.newCluster();
    const [a, b] = [contentOf({ a: 'A' }), contentOf({ a: 'B' })];
    const first = await store.snapshots.save(id, a, about);
    await store.snapshots.save(id, b, about);
    const third = await store.snapshots.save(id, a, about);
    expect(third.deduplicated).toBe(true);
    expect(third.snapshot.id).not.toBe(first.snapshot.id);
    expect(third.snapshot.key).toBe(first.snapshot.key);
    expect(await store.snapshots.latestOf(id)).toEqual(third.snapshot);
  });

  it('are two when objects moved to other lines, or the completeness is another', async () => {
    const { id } = await store.newCluster();
    const first = await store.snapshots.save(id, contentOf({ a: 'x' }), about);
    const moved = await store.snapshots.save(id, contentOf({ a: 'x' }, { place: 'there' }), about);
    const partial = await store.snapshots.save(id, contentOf({ a: 'x' }, { place: 'there' }), {
      ...about,
      completeness: 'PARTIAL',
    });
    expect([moved.deduplicated, partial.deduplicated]).toEqual([true, true]);
    expect(moved.snapshot.key).not.toBe(first.snapshot.key);
    expect(partial.snapshot.id).not.toBe(moved.snapshot.id);
    expect(await store.snapshots.list(id, {}, { offset: 0, limit: 9 })).toMatchObject({ total: 3 });
  });

  it('of different clusters are two', async () => {
    const [one, other] = [await store.newCluster(), await store.newCluster()];
    const first = await store.snapshots.save(one.id, contentOf({ a: 'both' }), about);
    const second = await store.snapshots.save(other.id, contentOf({ a: 'both' }), about);
    expect(second.deduplicated).toBe(false);
    expect((await store.snapshots.findByDigest(first.snapshot.digest))!.id).toBe(
      second.snapshot.id,
    );
  });

  it('of an earlier time are kept as history', async () => {
    const { id } = await store.newCluster();
    const now = await store.snapshots.save(id, contentOf({ a: 'h' }), about);
    const then = { ...about, takenAt: new Date('2020-01-01') };
    const past = await store.snapshots.save(id, contentOf({ a: 'h' }), then);
    const again = await store.snapshots.save(id, contentOf({ a: 'h' }), then);
    expect(past.snapshot.id).not.toBe(now.snapshot.id);
    expect(again.snapshot.id).toBe(past.snapshot.id);
    expect((await store.snapshots.at(id, new Date('2020-06-01')))!.id).toBe(past.snapshot.id);
    expect((await store.snapshots.latestOf(id))!.id).toBe(now.snapshot.id);
  });

  it('at the same time are one snapshot', async () => {
    const { id } = await store.newCluster();
    const saved = await Promise.all(
      Array.from({ length: 8 }, () => store.snapshots.save(id, contentOf({ a: 'race' }), about)),
    );
    expect(new Set(saved.map(({ snapshot }) => snapshot.id)).size).toBe(1);
    expect(saved.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1);
  });

  it('that share new blocks do not block each other for ever', async () => {
    for (let round = 0; round < 3; round++) {
      const names = Array.from({ length: 2_000 }, (_, i) => `ns-${i}`);
      const uploads = await Promise.all(
        // The same blocks forwards and backwards: without an order of their own, uploads would wait in a circle.
        [names, names.toReversed(), names, names.toReversed()].map(async (order) => {
          const { id } = await store.newCluster();
          const content = contentOf(
            Object.fromEntries(order.map((name) => [name, `${name} ${round}`])),
          );
          return store.snapshots.save(id, content, about);
        }),
      );
      for (const { snapshot } of uploads) {
        expect(await store.snapshots.loadSegments(snapshot.id)).toHaveLength(2_000);
      }
    }
  });
});

describe('finding', () => {
  it('lists newest first, filtered and in pages', async () => {
    const { id } = await store.newCluster();
    for (let day = 1; day <= 5; day++) {
      await store.snapshots.save(id, contentOf({ a: `day ${day}` }), {
        ...about,
        takenAt: new Date(Date.UTC(2024, 0, day)),
        sourceKind: day === 2 ? 'LIVE' : 'UPLOAD',
        git: {
          repository: 'r',
          commit: String(day).repeat(40),
          ref: null,
          pullRequest: null,
          url: null,
        },
      });
    }
    const days = async (filter: object, slice = { offset: 0, limit: 10 }): Promise<number[]> =>
      (await store.snapshots.list(id, filter, slice)).items.map(({ takenAt }) =>
        takenAt.getUTCDate(),
      );
    expect(await days({})).toEqual([5, 4, 3, 2, 1]);
    expect(await days({}, { offset: 1, limit: 2 })).toEqual([4, 3]);
    expect(await days({ since: new Date('2024-01-02'), until: new Date('2024-01-04') })).toEqual([
      3, 2,
    ]);
    expect(await days({ sourceKind: 'LIVE' })).toEqual([2]);
    expect(await days({ commit: '3'.repeat(40) })).toEqual([3]);
    expect((await store.snapshots.latestOf(id, 'LIVE'))!.takenAt.getUTCDate()).toBe(2);
    expect(
      (await store.snapshots.at(id, new Date('2024-01-03T23:00:00Z')))!.takenAt.getUTCDate(),
    ).toBe(3);
    expect(await store.snapshots.at(id, new Date('2023-01-01'))).toBeNull();
  });

  it('takes the one stored last of those taken at the same time', async () => {
    const { id } = await store.newCluster();
    const at = { ...about, takenAt: new Date('2024-05-05') };
    await store.snapshots.save(id, contentOf({ a: 'tie 1' }), at);
    const last = await store.snapshots.save(id, contentOf({ a: 'tie 2' }), at);
    expect((await store.snapshots.latestOf(id))!.id).toBe(last.snapshot.id);
  });

  it('finds the latest of several clusters at once', async () => {
    const [one, none, two] = [
      await store.newCluster(),
      await store.newCluster(),
      await store.newCluster(),
    ];
    const first = await store.snapshots.save(one.id, contentOf({ a: 'l1' }), about);
    await store.snapshots.save(two.id, contentOf({ a: 'l2' }), about);
    const second = await store.snapshots.save(two.id, contentOf({ a: 'l3' }), about);
    expect(await store.snapshots.latestOfEach([two.id, none.id, one.id, 'nonsense'])).toEqual([
      second.snapshot,
      null,
      first.snapshot,
      null,
    ]);
  });

  it('finds nothing for ids that are none', async () => {
    const { id } = await store.newCluster();
    expect(await store.snapshots.findByIds(['', "'; DROP TABLE snapshot", 'a\u0000', id])).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(await store.snapshots.findByDigest('\u0000')).toBeNull();
    expect(await store.snapshots.latestOf('x')).toBeNull();
    expect(await store.snapshots.list('x', {}, { offset: 0, limit: 1 })).toEqual({
      items: [],
      total: 0,
    });
    expect(await store.snapshots.list(id, { commit: 'a\u0000' }, { offset: 0, limit: 1 })).toEqual({
      items: [],
      total: 0,
    });
  });

  it('refuses to store for a cluster that does not exist', async () => {
    const saving = store.snapshots.save(
      '00000000-0000-4000-8000-000000000000',
      contentOf({}),
      about,
    );
    await expect(saving).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('damage', () => {
  const damage = async (namespace: string, statement: string): Promise<unknown> => {
    const { id } = await store.newCluster();
    const bytes = randomBytes(2 * MEGABYTE);
    const { snapshot } = await store.snapshots.save(id, contentOf({ [namespace]: bytes }), about);
    await store.database.query(statement, [snapshot.id]);
    return store.snapshots.loadSegments(snapshot.id).catch((error: unknown) => error);
  };
  const chunk = `hash = (SELECT segment_hash FROM snapshot_part WHERE snapshot_id = $1)`;

  it.each([
    ['a missing chunk', `DELETE FROM block_chunk WHERE ordinal = 0 AND ${chunk}`],
    ['a cut chunk', `UPDATE block_chunk SET bytes = substring(bytes FROM 1 FOR 9) WHERE ${chunk}`],
    [
      'a changed byte',
      `UPDATE block_chunk SET bytes = set_byte(bytes, 77, get_byte(bytes, 77) # 1) WHERE ${chunk}`,
    ],
    ['a chunk that does not belong there', `UPDATE block SET size = 5 WHERE ${chunk}`],
    ['a missing part', `DELETE FROM snapshot_part WHERE snapshot_id = $1`],
  ])('%s is noticed', async (_, statement) => {
    const error = await damage('shop', statement);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: 'DAMAGED' });
  });
});
