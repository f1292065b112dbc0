import { buildIndex, type SnapshotIndex } from '@portolan/engine';
import type { PolicySwitches, SegmentBytes } from '@portolan/model';
import type { WorkerPool } from '@portolan/pool';
import type { ClusterRepository, SnapshotRepository, SnapshotRow } from '@portolan/store';
import { describe, expect, it } from 'vitest';
import { ProfileSettingsReader } from '../profile-settings/profile-settings-reader.js';
import type { Config } from '../config/config.js';
import { SnapshotProfiles } from './snapshot-profiles.js';
import { IndexCache } from './index-cache.js';
import type { IndexedSnapshot } from './indexed-snapshot.js';

/** An empty cluster, counted; `fail` makes the next build fail. */
function setUp(indexCacheBytes = 1e9): {
  indexes: IndexCache;
  counts: { loads: number; builds: number; sources: number };
  fail: { next: boolean };
  settings: { ipBlockMatchesPods?: boolean };
  database: { isAway: boolean };
} {
  const database = { isAway: false };
  const counts = { loads: 0, builds: 0, sources: 0 };
  const fail = { next: false };
  const settings: { ipBlockMatchesPods?: boolean } = {};
  const snapshots = {
    loadSegments: (): Promise<SegmentBytes[]> => Promise.resolve((counts.loads++, [])),
    loadSources: (): Promise<SegmentBytes[]> => Promise.resolve((counts.sources++, [])),
  };
  const pool = {
    detectProfile: () => Promise.resolve([]),
    buildIndex: (segments: SegmentBytes[], switches: PolicySwitches): Promise<SnapshotIndex> => {
      counts.builds++;
      if (!fail.next) return Promise.resolve(buildIndex(segments, switches));
      fail.next = false;
      return Promise.reject(new Error('worker died'));
    },
  };
  const clusters = {
    profilesOf: (ids: string[]) =>
      database.isAway
        ? Promise.reject(new Error('away'))
        : Promise.resolve(ids.map(() => ({ ...settings }))),
  };
  const repository = snapshots as unknown as SnapshotRepository;
  const indexes = new IndexCache(
    pool as unknown as WorkerPool,
    repository,
    new SnapshotProfiles(
      repository,
      new ProfileSettingsReader(clusters as unknown as ClusterRepository),
      pool as unknown as WorkerPool,
    ),
    { indexCacheBytes } as Config,
  );
  return { indexes, counts, fail, settings, database };
}

function row(id: string, key: string): SnapshotRow {
  return { id, key, clusterId: 'c' } as SnapshotRow;
}

describe('IndexCache', () => {
  it('builds a cold snapshot once for all that ask for it', async () => {
    const { indexes, counts } = setUp();
    const asked = ['a', 'b', 'c'].map((id) => indexes.get(row(id, 'same content')));
    const [a, b, c] = await Promise.all(asked);
    expect(counts).toEqual({ loads: 1, builds: 1, sources: 0 });
    expect(a?.analysis).toBe(b?.analysis);
    expect([a, b, c].map((snapshot) => snapshot?.row.id)).toEqual(['a', 'b', 'c']);
  });

  it('builds again after a failure', async () => {
    const { indexes, counts, fail } = setUp();
    fail.next = true;
    await expect(indexes.get(row('a', 'k'))).rejects.toThrow('worker died');
    await indexes.get(row('a', 'k'));
    expect(counts.builds).toBe(2);
  });

  it('builds again when policies are read in another way, and not for other settings', async () => {
    const { indexes, counts, settings } = setUp();
    const before = await indexes.get(row('a', 'k'));
    settings.ipBlockMatchesPods = false;
    const after = await indexes.get(row('a', 'k'));
    expect(counts.builds).toBe(2);
    expect(after.key).not.toBe(before.key);
    expect(after.analysis.index.switches.ipBlockMatchesPods).toBe(false);
    Object.assign(settings, { podCidrs: ['10.0.0.0/8'] });
    expect((await indexes.get(row('a', 'k'))).analysis).toBe(after.analysis);
    const given = await indexes.get(row('a', 'k'), before.profile);
    expect(given.analysis).toBe(before.analysis);
    expect(given.profile.ipBlockMatchesPods).toBe(false);
  });

  it('does not keep what is over the bound', async () => {
    const { indexes, counts } = setUp(1);
    await indexes.get(row('a', 'k'));
    await indexes.get(row('a', 'k'));
    expect(counts.builds).toBe(2);
  });

  it('begins to answer while settings are read, and only once when they are as before', async () => {
    const { indexes } = setUp();
    const before = await indexes.get(row('a', 'k'));
    const asked: IndexedSnapshot[] = [];
    const ask = async (snapshot: IndexedSnapshot): Promise<number> =>
      Promise.resolve(asked.push(snapshot));
    expect(await indexes.ask(row('a', 'k'), ask)).toBe(1);
    expect(asked.map(({ analysis }) => analysis)).toEqual([before.analysis]);
  });

  it('gives no answer by settings that have changed, nor a failure of one', async () => {
    const { indexes, settings } = setUp();
    await indexes.get(row('a', 'k'));
    settings.ipBlockMatchesPods = false;
    const asked: boolean[] = [];
    const ask = async ({ profile }: IndexedSnapshot): Promise<boolean> => {
      asked.push(profile.ipBlockMatchesPods);
      if (profile.ipBlockMatchesPods) throw new Error('by the settings of before');
      return Promise.resolve(profile.ipBlockMatchesPods);
    };
    expect(await indexes.ask(row('a', 'k'), ask)).toBe(false);
    expect(asked).toEqual([true, false]);
  });

  it('tells what failed: the answer, or the reading of settings', async () => {
    const { indexes, database } = setUp();
    const fail = (): Promise<never> => Promise.reject(new Error('no answer'));
    await expect(indexes.ask(row('a', 'k'), fail)).rejects.toThrow('no answer');
    await expect(indexes.ask(row('a', 'k'), fail)).rejects.toThrow('no answer');
    database.isAway = true;
    const answer = (): Promise<string> => Promise.resolve('by settings that may hold no more');
    await expect(indexes.ask(row('a', 'k'), answer)).rejects.toThrow('away');
  });

  it('loads places only when they are asked for, and once', async () => {
    const { indexes, counts } = setUp();
    const first = await indexes.get(row('a', 'k'));
    const second = await indexes.get(row('b', 'k'));
    await Promise.all([first.sources(), first.sources(), second.sources()]);
    expect(counts.sources).toBe(1);
  });
});
