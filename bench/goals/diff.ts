import { Analysis, buildIndex, buildIndexFrom, diffSnapshots } from '@portolan/engine';
import type { DiffOptions, SegmentBytes } from '@portolan/model';
import { loadNamespaces, segmentsOf } from '../clusters/load.js';
import { generateCluster } from '../clusters/generate.js';
import type { KubernetesObject, PlannedNamespace } from '../clusters/planned.js';
import { PROFILES, type ProfileName } from '../clusters/profiles.js';
import type { Figure } from '../goal.js';
import { percentile, shortest } from '../measure.js';

const SAMPLES = 20;

const OPTIONS: DiffOptions = {
  namespaces: null,
  includeAddedAndRemovedWorkloads: true,
  groupBy: 'WORKLOAD',
};

/**
 * Diff of two snapshots that differ in one policy, both indexed, against a full analysis; and how long the index of the second
 * takes when it is made of the first one's.
 */
export async function diffGoals(isQuick: boolean): Promise<Figure[]> {
  const name: ProfileName = isQuick ? 'M' : 'L';
  const namespaces = generateCluster(PROFILES[name]);
  const base = new Analysis(buildIndex(await segmentsWithout(namespaces, null)));
  const full = await shortest(3, () => buildIndex(base.index.segments));
  const times: number[] = [];
  const builds: number[] = [];
  // As the full analysis, the first one is not counted: it meets code that was never run.
  for (let sample = 0; sample <= (isQuick ? 5 : SAMPLES); sample++) {
    const segments = await segmentsWithout(namespaces, sample);
    const start = performance.now();
    const head = new Analysis(buildIndexFrom(base, segments));
    const built = performance.now();
    diffSnapshots(base, head, OPTIONS);
    if (sample === 0) continue;
    builds.push(built - start);
    times.push(performance.now() - built);
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  const build = percentile(builds, 0.5);
  const detail = `${p50.toFixed(1)} and ${p99.toFixed(1)} ms against ${full.toFixed(0)} ms (warm), cluster ${name}`;
  return [
    {
      id: 'G3',
      what: 'one-policy diff / full analysis, p50',
      value: p50 / full,
      unit: 'x',
      bound: 0.01,
      sense: 'at most',
      detail,
    },
    {
      id: 'G3',
      what: 'one-policy diff / full analysis, p99',
      value: p99 / full,
      unit: 'x',
      bound: 0.05,
      sense: 'at most',
      detail,
    },
    {
      id: 'G3B',
      what: 'index made of one that differs in a policy / full analysis, p50',
      value: build / full,
      unit: 'x',
      bound: 0.1,
      sense: 'at most',
      detail: `${build.toFixed(1)} ms, cluster ${name}`,
    },
  ];
}

/** The segments of a cluster; of a sample, without one policy. */
async function segmentsWithout(
  namespaces: readonly PlannedNamespace[],
  sample: number | null,
): Promise<SegmentBytes[]> {
  const kept = sample === null ? namespaces : withoutOnePolicy(namespaces, sample);
  return segmentsOf(await loadNamespaces(kept));
}

function withoutOnePolicy(
  namespaces: readonly PlannedNamespace[],
  sample: number,
): PlannedNamespace[] {
  const isPolicy = (object: KubernetesObject): boolean => object.kind === 'NetworkPolicy';
  const policies = namespaces.flatMap(({ objects }) => objects.filter(isPolicy));
  const gone = policies[(sample * 7919) % policies.length];
  return namespaces.map((namespace) => ({
    ...namespace,
    objects: namespace.objects.filter((object) => object !== gone),
  }));
}
