import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { readCluster } from './cluster.js';
import { agreeOnClusters } from './engine-agreement/agree-on-clusters.js';
import { compareEngine } from './engine-agreement/engine-agrees.js';
import { ExpectedAccess } from './expected-access.js';
import type { KubernetesObject } from './kubernetes.js';

agreeOnClusters('first');

describe('engine and oracle', () => {
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
