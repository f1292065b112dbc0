import { Analysis, buildIndex } from '@portolan/engine';
import { DEFAULT_MANIFEST_LIMITS, readManifests } from '@portolan/manifests';
import { jsonList, segmentsOf } from '../clusters/load.js';
import { generateCluster } from '../clusters/generate.js';
import { PROFILES } from '../clusters/profiles.js';
import { Random } from '../clusters/random.js';
import type { Figure } from '../goal.js';
import { shortest } from '../measure.js';
import { readCluster } from '../../test/oracle/cluster.js';
import { allowed } from '../../test/oracle/oracle.js';
import type { KubernetesObject } from '../../test/oracle/kubernetes.js';

/** Pairs that the per-pair matcher is timed on; all pairs of the cluster would take it hours. */
const SAMPLE = 2_000;

/** All pairs of M, index included, against a matcher that looks at one pair at a time. */
export async function matrixGoals(isQuick: boolean): Promise<Figure[]> {
  const objects = generateCluster(PROFILES.M).flatMap((namespace) => namespace.objects);
  const files = [{ path: 'm.json', content: Buffer.from(jsonList(objects)) }];
  const segments = segmentsOf(
    await readManifests({ kind: 'files', files }, DEFAULT_MANIFEST_LIMITS),
  );
  const ours = await shortest(isQuick ? 2 : 4, () => allPairs(new Analysis(buildIndex(segments))));
  const cluster = readCluster(objects as unknown as KubernetesObject[]);
  const random = new Random(6);
  const pairs = Array.from(
    { length: isQuick ? SAMPLE / 4 : SAMPLE },
    () => [random.pick(cluster.pods), random.pick(cluster.pods)] as const,
  );
  const perPair =
    (await shortest(2, () =>
      pairs.filter(([from, to]) => allowed(cluster, from, to, 'TCP', 8080) === 'ALLOWED'),
    )) / pairs.length;
  const theirs = perPair * cluster.pods.length ** 2;
  const detail = `${String(cluster.pods.length)}² pairs: ${ours.toFixed(0)} ms for all ports, ${(theirs / 1000).toFixed(0)} s for one port (from ${String(pairs.length)} pairs)`;
  return [
    {
      id: 'G6',
      what: 'all pairs of M: per-pair matcher / engine',
      value: theirs / ours,
      unit: 'x',
      bound: 1000,
      sense: 'at least',
      detail,
    },
  ];
}

/** The traffic of every class with every class: pods of a class are alike, so this is every pair of pods. */
function allPairs(analysis: Analysis): number {
  const { count } = analysis.index.classes;
  const row = new Int32Array(count);
  let reachable = 0;
  for (let podClass = 0; podClass < count; podClass++) {
    analysis.trafficWithPeers('INGRESS', podClass, row);
    for (const traffic of row) if (traffic !== 0) reachable++;
  }
  return reachable;
}
