import { Analysis, buildIndex, buildIndexFrom, diffSnapshots } from '@portolan/engine';
import { type DiffOptions, invariant, type SegmentBytes } from '@portolan/model';
import { loadNamespaces, segmentsOf } from '../clusters/load.js';
import { generateCluster } from '../clusters/generate.js';
import type { KubernetesObject, PlannedNamespace } from '../clusters/planned.js';
import { PROFILES, type ProfileName } from '../clusters/profiles.js';
import type { Figure } from '../goal.js';
import { coldest } from '../coldest.js';
import { percentile, shortest } from '../measure.js';

const SAMPLES = 20;

const OPTIONS: DiffOptions = {
  namespaces: null,
  includeAddedAndRemovedWorkloads: true,
  groupBy: 'WORKLOAD',
};

/**
 * Diff of two snapshots that differ in one policy, both indexed, against a full analysis in a process that has done none
 * before; and how long the index of the second takes when it is made of the first one's, against a full one in this process.
 */
export async function diffGoals(isQuick: boolean): Promise<Figure[]> {
  const name: ProfileName = isQuick ? 'M' : 'XL';
  const { analysis: cold } = await coldest(name, isQuick ? 1 : 3);
  const namespaces = generateCluster(PROFILES[name]);
  const segments = segmentsOf(await loadNamespaces(namespaces));
  const base = new Analysis(buildIndex(segments));
  const full = await shortest(3, () => buildIndex(segments));
  const times: number[] = [];
  const builds: number[] = [];
  // The first one is not counted: it meets code that was never run.
  for (let sample = 0; sample <= (isQuick ? 5 : SAMPLES); sample++) {
    const changed = await withoutOnePolicy(namespaces, sample);
    const headSegments = segments.map((one) =>
      one.namespace === changed.namespace ? changed : one,
    );
    const start = performance.now();
    const head = new Analysis(buildIndexFrom(base, headSegments));
    const built = performance.now();
    diffSnapshots(base, head, OPTIONS);
    if (sample === 0) continue;
    builds.push(built - start);
    times.push(performance.now() - built);
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  const build = percentile(builds, 0.5);
  const detail = `${p50.toFixed(1)} and ${p99.toFixed(1)} ms against ${cold.toFixed(0)} ms (cold), cluster ${name}`;
  return [
    {
      id: 'G3',
      what: 'one-policy diff / full analysis, p50',
      value: p50 / cold,
      unit: 'x',
      bound: 0.01,
      sense: 'at most',
      detail,
    },
    {
      id: 'G3',
      what: 'one-policy diff / full analysis, p99',
      value: p99 / cold,
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
      detail: `${build.toFixed(1)} ms against ${full.toFixed(0)} ms (warm), cluster ${name}`,
    },
  ];
}

/** The segment of a namespace from which one policy is gone, by sample another one. */
async function withoutOnePolicy(
  namespaces: readonly PlannedNamespace[],
  sample: number,
): Promise<SegmentBytes> {
  const isPolicy = (object: KubernetesObject): boolean => object.kind === 'NetworkPolicy';
  const policies = namespaces.flatMap((namespace) =>
    namespace.objects.filter(isPolicy).map((policy) => ({ namespace, policy })),
  );
  const gone = policies[(sample * 7919) % policies.length]!;
  const objects = gone.namespace.objects.filter((object) => object !== gone.policy);
  const segments = segmentsOf(await loadNamespaces([{ ...gone.namespace, objects }]));
  const changed = segments.find(({ namespace }) => namespace === gone.namespace.name);
  invariant(changed !== undefined, 'a namespace without one of its policies is still one');
  return changed;
}
