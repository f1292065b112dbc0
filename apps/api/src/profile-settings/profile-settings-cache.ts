import { Inject, Injectable } from '@nestjs/common';
import type { ProfileSettings } from '@portolan/model';
import { ClusterRepository } from '@portolan/store';

/** Clusters of which the settings are remembered. */
const REMEMBERED = 1_000;

/**
 * What was set by hand of the profiles of clusters. Every question needs it, so it is remembered until it is changed: one
 * process serves a database.
 */
@Injectable()
export class ProfileSettingsCache {
  readonly #settings = new Map<string, Promise<ProfileSettings>>();

  constructor(@Inject(ClusterRepository) private readonly clusters: ClusterRepository) {}

  /** Fails as the store does; a failure is not remembered. */
  of(clusterId: string): Promise<ProfileSettings> {
    let settings = this.#settings.get(clusterId);
    if (settings === undefined) {
      settings = this.clusters.findById(clusterId).then((cluster) => cluster?.profile ?? {});
      settings.catch(() => this.#settings.delete(clusterId));
      if (this.#settings.size >= REMEMBERED) this.#settings.clear();
      this.#settings.set(clusterId, settings);
    }
    return settings;
  }

  /** To be called when a change is stored: what was read before it, and is still being read, is forgotten. */
  forget(clusterId: string): void {
    this.#settings.delete(clusterId);
  }
}
