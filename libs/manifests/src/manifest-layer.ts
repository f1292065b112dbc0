import type { LabelSelector } from '@portolan/model';
import type { ManifestSource } from './manifest-source.js';

/** Which objects a layer takes away from those below it. */
export interface PruneScope {
  /** Of these namespaces only; null = of all. */
  readonly namespaces: readonly string[] | null;
  /** With labels of their own that match; null = whatever labels they have. */
  readonly labels: LabelSelector | null;
}

/** Names an object, whatever its API group. */
export interface ObjectName {
  readonly kind: string;
  /** Null for kinds that have none. */
  readonly namespace: string | null;
  readonly name: string;
}

/** What was found in a layer, for who wants to know; filled while it is read. */
export interface LayerTally {
  /** SHA-256 (hexadecimal) of each file by its path. */
  readonly files: Map<string, string>;
  /** Objects that were kept. */
  objects: number;
  /** Of `delete` what the layers below do not have. */
  readonly missing: ObjectName[];
}

/** One of the layers of which a snapshot is made, from the bottom up. */
export interface ManifestLayer {
  readonly source: ManifestSource;
  /** ADD: its objects take the place of those below. REMOVE: what it declares is taken away, and nothing else of it counts. */
  readonly effect: 'ADD' | 'REMOVE';
  /** Taken away before the objects of this layer come. */
  readonly prune?: PruneScope | null;
  /** The same of single objects; of a Namespace everything in it. */
  readonly delete?: readonly ObjectName[];
  readonly tally?: LayerTally;
}
