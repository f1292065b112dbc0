import { formatTraffic } from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { arbitraryEditedCluster, type EditedCluster } from './arbitrary-edit.js';
import { type ReadObjects, withSwitches } from './arbitrary-switches.js';
import { type Cluster, readCluster } from './cluster.js';
import { compareDiff, type DiffEnd } from './engine-agreement/diff-agrees.js';
import { rowKey } from './engine-agreement/names.js';
import { ExpectedAccess, keyOf } from './expected-access.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';
import type { KubernetesObject } from './kubernetes.js';

const RUNS = Math.ceil(runCount(1_000) / 4);

describe(`diff and oracle on ${RUNS} generated changes (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'agree on what opened and closed, and name what really changed',
    async () => {
      const options = { runs: RUNS, seed: seed() };
      await checkGenerated(withSwitches(arbitraryEditedCluster), options, show, compare);
    },
    timeFor(RUNS),
  );

  it('would notice a change that is not reported', async () => {
    const [a, b] = ['a', 'b'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'shop' },
    }));
    const closed: KubernetesObject = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'closed', namespace: 'shop' },
      spec: { policyTypes: ['Ingress'] },
    };
    const open = [a!, b!];
    const base = await diffEnd(open, readCluster(open), readCluster(open));
    const head = { ...base, expected: new ExpectedAccess(readCluster([...open, closed])) };
    expect(() => compareDiff(base, head, 'POD')).toThrow(
      'closed\n  engine: "None"\n  oracle: "All"',
    );
  });

  it('mostly looks at changes that matter', () => {
    const samples = fc.sample(arbitraryEditedCluster, { numRuns: 100, seed: 1 });
    const changed = samples.filter(({ base, head }) => reachable(base) !== reachable(head));
    expect(changed.length).toBeGreaterThan(30);
    expect(changed.length).toBeLessThan(95);
  });
});

/** Every pair of pods and what passes between them, as text. */
function reachable(objects: readonly KubernetesObject[]): string {
  const expected = new ExpectedAccess(readCluster(objects));
  const { pods } = expected.cluster;
  return pods
    .flatMap((a) =>
      pods.map((b) => `${keyOf(a)} ${keyOf(b)} ${formatTraffic(expected.between(a, b))}`),
    )
    .sort()
    .join('\n');
}

async function compare({ objects, switches }: ReadObjects<EditedCluster>): Promise<void> {
  const { base, head } = objects;
  const [before, after] = [readCluster(base, switches), readCluster(head, switches)];
  const ends = [await diffEnd(base, before, after), await diffEnd(head, after, before)] as const;
  compareDiff(...ends, 'POD');
  // Who a pod of a workload was is a question of its own when pods come and go.
  if (namesOf(before) !== namesOf(after)) return;
  compareDiff(...ends, 'WORKLOAD');
  compareDiff(...ends, 'NAMESPACE');
}

function namesOf({ pods }: Cluster): string {
  return pods.map(rowKey).sort().join();
}

async function diffEnd(
  objects: readonly KubernetesObject[],
  cluster: Cluster,
  other: Cluster,
): Promise<DiffEnd> {
  const { analysis } = await analyseObjects(objects, cluster.switches);
  return { objects, analysis, expected: new ExpectedAccess(cluster, [other]) };
}

function show({ objects, switches }: ReadObjects<EditedCluster>): string {
  const { base, head } = objects;
  return `# ${JSON.stringify(switches)}\n# base\n${showObjects(base)}\n# head\n${showObjects(head)}`;
}
