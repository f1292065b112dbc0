import type { LabelSelector } from '@portolan/model';
import type { ManifestSource } from './manifest-source.js';

/** Which objects a layer takes away from those below it. */
export interface PruneScope {
  /** Of these namespaces only; null = of all. */
  readonly namespaces: readonly string[] | null;
  /** With labels of their own that match; null = whatever labels they have. */
  readonly labels: LabelSelector | null;
}

/** One of the layers of which a snapshot is made, from the bottom up. */
export interface ManifestLayer {
  readonly source: ManifestSource;
  /** ADD: its objects take the place of those below. REMOVE: what it declares is taken away, and nothing else of it counts. */
  readonly effect: 'ADD' | 'REMOVE';
  /** Taken away before the objects of this layer come. */
  readonly prune?: PruneScope | null;
}
