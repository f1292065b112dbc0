import { Inject, Injectable } from '@nestjs/common';
import type { ProfileSettings } from '@portolan/model';
import { ClusterRepository } from '@portolan/store';
import DataLoader from 'dataloader';

/**
 * What was set by hand of the profiles of clusters. Every question needs it, and it is read for every question: another process
 * may have changed it a moment ago, and an answer by settings that hold no more could be wrong.
 */
@Injectable()
export class ProfileSettingsReader {
  // Batches what one tick asks for, and keeps nothing.
  readonly #settings: DataLoader<string, ProfileSettings>;

  constructor(@Inject(ClusterRepository) clusters: ClusterRepository) {
    this.#settings = new DataLoader(
      async (ids) => (await clusters.findByIds(ids)).map((cluster) => cluster?.profile ?? {}),
      { cache: false },
    );
  }

  /** Fails as the store does. */
  of(clusterId: string): Promise<ProfileSettings> {
    return this.#settings.load(clusterId);
  }
}
