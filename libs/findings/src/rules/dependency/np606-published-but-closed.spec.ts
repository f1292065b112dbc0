import { describe, expect, it } from 'vitest';
import {
  deployment,
  findingsOf,
  namespace,
  policy,
  type ShownFinding,
} from '../../findings.test-support.js';
import { service } from './dependency.test-support.js';
import { PUBLISHED_BUT_CLOSED } from './np606-published-but-closed.js';

const PORTS = 'ports: [{ port: 80, targetPort: 8080 }]';
const found = (
  rule: string,
  type = 'LoadBalancer',
  pods = deployment('shop', 'web'),
): Promise<ShownFinding[]> =>
  findingsOf(
    PUBLISHED_BUT_CLOSED,
    namespace('shop') +
      pods +
      service('shop', 'web', `type: ${type}, ${PORTS}`) +
      policy('shop', 'all', `podSelector: {}, policyTypes: [Ingress], ${rule}`),
  );
const PODS_ONLY = 'ingress: [{ from: [{ namespaceSelector: {} }] }]';

describe('NP606', () => {
  it.each(['LoadBalancer', 'NodePort'])(
    'finds a %s before pods that admit pods only',
    async (type) => {
      expect(await found(PODS_ONLY, type)).toMatchObject([
        { object: 'Service shop/web', severity: 'MEDIUM', confidence: 'LIKELY' },
      ]);
    },
  );

  it('looks at the port of the pods', async () => {
    expect(await found('ingress: [{ ports: [{ port: 80 }] }]')).toHaveLength(1);
    expect(await found('ingress: [{ ports: [{ port: 8080 }] }]')).toEqual([]);
  });

  it('is content with any address: of clients, or of the nodes that stand for them', async () => {
    expect(await found('ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }] }]')).toEqual([]);
  });

  it('says nothing of a ClusterIP, of no pods, and of pods in the network of their node', async () => {
    expect(await found(PODS_ONLY, 'ClusterIP')).toEqual([]);
    expect(await found(PODS_ONLY, 'NodePort', '')).toEqual([]);
    const host = deployment('shop', 'web').replace(
      '{ containers',
      '{ hostNetwork: true, containers',
    );
    expect(await found(PODS_ONLY, 'NodePort', host)).toEqual([]);
  });
});
