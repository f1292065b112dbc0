import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { ProfileSettings } from '@portolan/model';
import { ClusterRepository } from '@portolan/store';
import DataLoader from 'dataloader';

/** Clusters of which it is remembered how their settings were. */
const REMEMBERED = 10_000;

/**
 * What was set by hand of the profiles of clusters. Every question needs it, and it is read for every question: another process
 * may have changed it a moment ago, and an answer by settings that hold no more could be wrong.
 */
@Injectable()
export class ProfileSettingsReader {
  // Batches what one tick asks for, and keeps nothing.
  readonly #settings: DataLoader<string, ProfileSettings>;
  readonly #lastRead = new Map<string, ProfileSettings>();

  constructor(@Inject(ClusterRepository) clusters: ClusterRepository) {
    this.#settings = new DataLoader((ids) => clusters.profilesOf(ids), { cache: false });
  }

  /** The same object for as long as nothing was changed. Fails as the store does. */
  async of(clusterId: string): Promise<ProfileSettings> {
    const settings = await this.#settings.load(clusterId);
    const before = this.#lastRead.get(clusterId);
    if (before !== undefined && isDeepStrictEqual(before, settings)) return before;
    if (this.#lastRead.size >= REMEMBERED) this.#lastRead.clear();
    this.#lastRead.set(clusterId, settings);
    return settings;
  }

  /** What `of` gave last: likely, not certain. Null when it was not asked yet. */
  lastOf(clusterId: string): ProfileSettings | null {
    return this.#lastRead.get(clusterId) ?? null;
  }
}
