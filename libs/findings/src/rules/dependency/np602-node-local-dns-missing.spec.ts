import { describe, expect, it } from 'vitest';
import {
  deployment,
  findingsOf,
  namespace,
  policy,
  type ShownFinding,
} from '../../findings.test-support.js';
import { DNS } from './dependency.test-support.js';
import { NODE_LOCAL_DNS_MISSING } from './np602-node-local-dns-missing.js';

const CACHE = (hostNetwork: boolean): string => `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: node-local-dns, namespace: kube-system }
spec:
  selector: { matchLabels: { k8s-app: node-local-dns } }
  template:
    metadata: { labels: { k8s-app: node-local-dns } }
    spec: { hostNetwork: ${hostNetwork}, containers: [{ name: node-cache }] }
`;
const TO_PODS =
  '{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [{ protocol: UDP, port: 53 }] }';

const found = (egress: string, cache = CACHE(true)): Promise<ShownFinding[]> =>
  findingsOf(
    NODE_LOCAL_DNS_MISSING,
    namespace('shop') +
      deployment('shop', 'web') +
      DNS +
      cache +
      policy('shop', 'web', `podSelector: {}, policyTypes: [Egress], egress: [${egress}]`),
  );

describe('NP602', () => {
  it('finds a rule for the DNS pods where the cache on the node is asked', async () => {
    expect(await found(TO_PODS)).toMatchObject([
      { object: 'Deployment shop/web', severity: 'HIGH', confidence: 'LIKELY' },
    ]);
  });

  it('is content with the address of the cache, that of the Service, or everyone', async () => {
    const block = (cidr: string): string => `{ to: [{ ipBlock: { cidr: ${cidr} } }] }`;
    expect(await found(`${TO_PODS}, ${block('169.254.20.10/32')}`)).toEqual([]);
    expect(await found(`${TO_PODS}, ${block('10.96.0.10/32')}`)).toEqual([]);
    expect(await found('{ ports: [{ protocol: UDP, port: 53 }] }')).toEqual([]);
  });

  it('says nothing without a cache, or where it is a pod that the plugin leads to', async () => {
    expect(await found(TO_PODS, '')).toEqual([]);
    expect(await found(TO_PODS, CACHE(false))).toEqual([]);
  });

  it('leaves it to NP601 where not even the pods are admitted', async () => {
    expect(await found('{ to: [{ podSelector: {} }] }')).toEqual([]);
  });
});
