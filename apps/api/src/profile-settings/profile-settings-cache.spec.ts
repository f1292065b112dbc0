import type { ProfileSettings } from '@portolan/model';
import type { ClusterRepository } from '@portolan/store';
import { describe, expect, it } from 'vitest';
import { ProfileSettingsCache } from './profile-settings-cache.js';

function setUp(): {
  cache: ProfileSettingsCache;
  stored: { profile: ProfileSettings };
  reads: () => number;
} {
  const stored: { profile: ProfileSettings } = { profile: {} };
  let reads = 0;
  const clusters = {
    findById: (id: string): Promise<{ profile: ProfileSettings } | null> => {
      reads++;
      if (id === 'down') return Promise.reject(new Error('no database'));
      return Promise.resolve(id === 'gone' ? null : { ...stored });
    },
  };
  const cache = new ProfileSettingsCache(clusters as unknown as ClusterRepository);
  return { cache, stored, reads: () => reads };
}

describe('ProfileSettingsCache', () => {
  it('reads settings once until they are changed', async () => {
    const { cache, stored, reads } = setUp();
    await Promise.all([cache.of('a'), cache.of('a')]);
    const reading = cache.of('a');
    stored.profile = { enforcement: 'NONE' };
    cache.forget('a');
    expect(await reading).toEqual({});
    expect(await cache.of('a')).toEqual({ enforcement: 'NONE' });
    expect(reads()).toBe(2);
  });

  it('remembers no failure, and knows nothing of a cluster that is gone', async () => {
    const { cache, reads } = setUp();
    await expect(cache.of('down')).rejects.toThrow('no database');
    await expect(cache.of('down')).rejects.toThrow('no database');
    expect(reads()).toBe(2);
    expect(await cache.of('gone')).toEqual({});
  });
});
