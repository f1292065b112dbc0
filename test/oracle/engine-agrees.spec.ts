import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { arbitraryCluster } from './arbitrary-cluster.js';
import { readCluster } from './cluster.js';
import { compareEngine } from './engine-agreement/engine-agrees.js';
import { ExpectedAccess } from './expected-access.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';
import type { KubernetesObject } from './kubernetes.js';

const RUNS = runCount(2_000);
/** Several tests, so that a run shows progress and each stays within its time. */
const SHARDS = 8;
const RUNS_EACH = Math.ceil(RUNS / SHARDS);
const shards = Array.from({ length: SHARDS }, (_, i) => ({ shard: i + 1, seed: seed() + i }));

describe(`engine and oracle on ${RUNS} generated clusters (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it.each(shards)(
    'agree on every pair and port, part $shard, seed $seed',
    async ({ seed }) => {
      await checkGenerated(arbitraryCluster, { runs: RUNS_EACH, seed }, showObjects, compare);
    },
    timeFor(RUNS_EACH),
  );

  it('would notice a difference', async () => {
    const closed: KubernetesObject[] = [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b', namespace: 'shop' } },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'closed', namespace: 'shop' },
        spec: { policyTypes: ['Ingress'] },
      },
    ];
    const { analysis } = await analyseObjects(closed);
    const open = new ExpectedAccess(readCluster(closed.slice(0, 2)));
    expect(() => compareEngine(analysis, open)).toThrow('whoCanReach shop/a, row of shop/b');
  });
});

async function compare(objects: KubernetesObject[]): Promise<void> {
  const { analysis } = await analyseObjects(objects);
  compareEngine(analysis, new ExpectedAccess(readCluster(objects)));
}
