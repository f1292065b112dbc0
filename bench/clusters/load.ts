import { DEFAULT_MANIFEST_LIMITS, readManifests } from '@portolan/manifests';
import type { SegmentBytes, SnapshotContent } from '@portolan/model';
import { generateAdversarial } from './adversarial.js';
import { generateCluster } from './generate.js';
import type { KubernetesObject, PlannedNamespace } from './planned.js';
import { PROFILES, type ProfileName } from './profiles.js';

const LIMITS = {
  ...DEFAULT_MANIFEST_LIMITS,
  maxUnpackedBytes: 2 ** 31,
  maxObjects: 1_000_000,
  maxFiles: 100_000,
};

/** A benchmark cluster: one that is like real ones, or X, which is made to hurt. */
export type ClusterName = ProfileName | 'X';

/** A benchmark cluster as ingestion makes it. */
export async function loadCluster(name: ClusterName): Promise<SnapshotContent> {
  return loadNamespaces(name === 'X' ? generateAdversarial() : generateCluster(PROFILES[name]));
}

/** Namespaces as ingestion makes them, each from a file of its own. */
export async function loadNamespaces(
  namespaces: readonly PlannedNamespace[],
): Promise<SnapshotContent> {
  const files = namespaces.map(({ name, objects }) => ({
    path: `${name}.json`,
    content: Buffer.from(jsonList(objects)),
  }));
  return readManifests({ kind: 'files', files }, LIMITS);
}

/** The segments as a server holds them when they come from the database: in shared memory. */
export function segmentsOf({ parts }: SnapshotContent): SegmentBytes[] {
  return parts.map(({ namespace, segment }) => {
    const bytes = new Uint8Array(new SharedArrayBuffer(segment.bytes.length));
    bytes.set(segment.bytes);
    return { namespace, hash: segment.hash, bytes };
  });
}

export function jsonList(items: readonly KubernetesObject[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
