import type { EndpointSelection, HypotheticalPod } from '@portolan/model';
import { Analysis } from '../analysis.js';
import { buildIndex } from '../build/build-index.js';
import { isResolved, resolveEndpoint } from '../questions/resolve-endpoint.js';

/**
 * The snapshot as if the pods of some endpoints existed, where they are hypothetical. Objects of the snapshot keep their
 * indices. With `isBetween` only pods of the endpoints take part: nobody else is asked about, and the index is built in
 * less time.
 */
export function supposePods(
  analysis: Analysis,
  endpoints: readonly (EndpointSelection | null)[],
  isBetween = false,
): Analysis {
  const pods = endpoints.flatMap((endpoint) =>
    endpoint?.kind === 'hypotheticalPod' ? [endpoint.pod] : [],
  );
  if (pods.length === 0) return analysis;
  return withPods(analysis, pods, isBetween ? podsOf(analysis, endpoints) : null);
}

/** The snapshot with some pods more, of its own only those of `only` (null = all). */
export function withPods(
  { index }: Analysis,
  hypothetical: readonly HypotheticalPod[],
  only: Int32Array | null,
): Analysis {
  const { segments, switches } = index;
  return new Analysis(buildIndex(segments, switches, { hypothetical, only })).inForce(index);
}

function podsOf(analysis: Analysis, endpoints: readonly (EndpointSelection | null)[]): Int32Array {
  const pods = new Set<number>();
  for (const endpoint of endpoints) {
    if (endpoint === null || endpoint.kind === 'hypotheticalPod') continue;
    const found = resolveEndpoint(analysis, endpoint);
    if (isResolved(found)) for (const pod of found.pods) pods.add(pod);
  }
  return Int32Array.from(pods).sort();
}
