import type { PlannedSide } from './planned-review.js';

/** How a report shows a state: the folder, the cluster whose snapshot it is, or the one over the other. */
export function sideName(
  path: string,
  { hasManifests, belowCluster }: Pick<PlannedSide, 'hasManifests' | 'belowCluster'>,
): string {
  const folder = path === '' ? 'manifests' : path;
  if (belowCluster === null) return folder;
  return hasManifests ? `${folder} over ${belowCluster}` : belowCluster;
}
