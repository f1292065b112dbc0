import {
  Analysis,
  buildIndex,
  diffSnapshots,
  type PolicyRelationKind,
  relationOf,
} from '@portolan/engine';
import { formatTraffic, keepPolicies, policyName } from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { arbitraryTwoSets, type TwoSets } from './arbitrary-two-sets.js';
import { readCluster } from './cluster.js';
import { difference, ExpectedAccess } from './expected-access.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';
import type { KubernetesObject } from './kubernetes.js';

const RUNS = Math.ceil(runCount(2_000) / 20);
const KINDS = ['EQUIVALENT', 'CONTAINS', 'IS_CONTAINED'] as const;
const OPTIONS = {
  namespaces: null,
  includeAddedAndRemovedWorkloads: true,
  groupBy: 'WORKLOAD',
} as const;

describe(`comparisons and oracle on ${RUNS} generated clusters (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'agree on which of two policy sets allows what the other does not, pod by pod',
    async () => {
      await checkGenerated(
        arbitraryTwoSets,
        { runs: RUNS, seed: seed() },
        ({ a, b }) => `# a\n${showObjects(a)}\n# b\n${showObjects(b)}`,
        compare,
      );
    },
    timeFor(RUNS),
  );

  it('mostly looks at sets of which one allows more', () => {
    const samples = fc.sample(arbitraryTwoSets, { numRuns: 100, seed: 1 });
    const unequal = samples.filter(({ a, b }) => surplus(a, b).length + surplus(b, a).length > 0);
    expect(unequal.length).toBeGreaterThan(20);
    expect(unequal.length).toBeLessThan(95);
  });
});

async function compare({ a, b }: TwoSets): Promise<void> {
  const [one, other] = [await analyseObjects(a), await analyseObjects(b)];
  const diff = diffSnapshots(one.analysis, other.analysis, OPTIONS);
  await sameAsLeftOut(a, b, one.analysis);
  const holds = (kind: PolicyRelationKind): boolean => relationOf(diff, kind).holds;
  const [onlyA, onlyB] = [surplus(a, b), surplus(b, a)];
  // Between pods; addresses are compared by the oracle of diffs, and here only by what the relations say of each other.
  if (onlyB.length > 0) expect(holds('CONTAINS'), onlyB.join('\n')).toBe(false);
  if (onlyA.length > 0) expect(holds('IS_CONTAINED'), onlyA.join('\n')).toBe(false);
  const amongPods = (kind: PolicyRelationKind): number =>
    relationOf(diff, kind).counterexamples.filter(
      ({ source, destination }) =>
        source.ref.kind !== 'external' && destination.ref.kind !== 'external',
    ).length;
  expect(amongPods('CONTAINS') > 0).toBe(onlyB.length > 0);
  expect(amongPods('IS_CONTAINED') > 0).toBe(onlyA.length > 0);
  expect(holds('EQUIVALENT')).toBe(holds('CONTAINS') && holds('IS_CONTAINED'));
  for (const kind of KINDS)
    expect(relationOf(diff, kind).counterexampleCount === 0).toBe(holds(kind));
}

/** Leaving out policies of a snapshot gives what a snapshot without them does. */
async function sameAsLeftOut(
  a: readonly KubernetesObject[],
  b: readonly KubernetesObject[],
  expected: Analysis,
): Promise<void> {
  const whole = (await analyseObjects([...new Set([...a, ...b])])).analysis;
  const names = new Set(policyNames(expected));
  const all = policyNames(whole);
  const segments = keepPolicies(whole.index.segments, (policy) => names.has(all[policy]!));
  const reduced = new Analysis(buildIndex(segments));
  expect(policyNames(reduced)).toEqual(policyNames(expected));
  expect(diffSnapshots(reduced, expected, OPTIONS).equivalent).toBe(true);
}

function policyNames({ view }: Analysis): string[] {
  return Array.from({ length: view.policyCount }, (_, policy) => {
    const { namespace, ...record } = view.policy(policy);
    return policyName(namespace < 0 ? null : view.namespaceName(namespace), record);
  });
}

/** What the policies of some objects allow between two pods, and those of others do not. */
function surplus(
  objects: readonly KubernetesObject[],
  others: readonly KubernetesObject[],
): string[] {
  const [cluster, other] = [readCluster(objects), readCluster(others)];
  const [here, there] = [
    new ExpectedAccess(cluster, [other]),
    new ExpectedAccess(other, [cluster]),
  ];
  return cluster.pods.flatMap((source, i) =>
    cluster.pods.flatMap((destination, j) => {
      if (source === destination && !source.template) return [];
      const more = difference(
        here.intervals,
        here.between(source, destination),
        there.between(other.pods[i]!, other.pods[j]!),
      );
      return more.length === 0
        ? []
        : [`${source.name} → ${destination.name}: ${formatTraffic(more)}`];
    }),
  );
}
