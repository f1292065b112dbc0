import { Analysis, buildIndex, diffSnapshots } from '@portolan/engine';
import { loadNamespaces, segmentsOf } from '../clusters/load.js';
import { generateCluster } from '../clusters/generate.js';
import type { KubernetesObject, PlannedNamespace } from '../clusters/planned.js';
import { PROFILES, type ProfileName } from '../clusters/profiles.js';
import type { Figure } from '../goal.js';
import { percentile, shortest } from '../measure.js';

const SAMPLES = 20;

/** Diff of two snapshots that differ in one policy, both indexed, against a full analysis. */
export async function diffGoals(isQuick: boolean): Promise<Figure[]> {
  const name: ProfileName = isQuick ? 'M' : 'L';
  const namespaces = generateCluster(PROFILES[name]);
  const base = await analyse(namespaces);
  const full = await shortest(3, () => buildIndex(base.index.segments));
  const times: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const head = await analyse(withoutOnePolicy(namespaces, sample));
    const start = performance.now();
    diffSnapshots(base, head, {
      namespaces: null,
      includeAddedAndRemovedWorkloads: true,
      groupBy: 'WORKLOAD',
    });
    times.push(performance.now() - start);
    if (isQuick && sample >= 4) break;
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
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
  ];
}

async function analyse(namespaces: readonly PlannedNamespace[]): Promise<Analysis> {
  return new Analysis(buildIndex(segmentsOf(await loadNamespaces(namespaces))));
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
