import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NAMED_PORT_AMBIGUOUS as RULE } from './np304-named-port-ambiguous.js';

const web = (name: string, ports: string): string =>
  deployment('shop', name, '', `, ports: [${ports}]`);
const http = (port: number): string => `{ name: http, containerPort: ${String(port)} }`;
const RULES = policy('shop', 'p', 'podSelector: {}, ingress: [{ ports: [{ port: http }] }]');

describe('NP304', () => {
  it('is information where workloads differ, which names are for', async () => {
    expect(
      await findingsOf(RULE, namespace('shop') + web('a', http(80)) + web('b', http(8080)) + RULES),
    ).toMatchObject([
      { path: 'spec.ingress[0].ports[0]', severity: 'INFO', confidence: 'POSSIBLE' },
    ]);
  });

  it('is graver within one workload', async () => {
    const pod = (name: string, port: number): string => `---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: shop
  labels: { app: a }
  ownerReferences: [{ apiVersion: apps/v1, kind: StatefulSet, name: a, uid: u, controller: true }]
spec: { containers: [{ name: c, ports: [${http(port)}] }] }
`;
    const set = deployment('shop', 'a').replace('kind: Deployment', 'kind: StatefulSet');
    const found = await findingsOf(
      RULE,
      namespace('shop') + set + pod('a-0', 80) + pod('a-1', 8080) + RULES,
    );
    expect(found).toMatchObject([{ severity: 'MEDIUM', confidence: 'LIKELY' }]);
  });

  it('is content with one number, and with other protocols of the name', async () => {
    expect(
      await findingsOf(RULE, namespace('shop') + web('a', http(80)) + web('b', http(80)) + RULES),
    ).toEqual([]);
    const udp = '{ name: http, containerPort: 443, protocol: UDP }';
    expect(
      await findingsOf(RULE, namespace('shop') + web('a', http(80)) + web('b', udp) + RULES),
    ).toEqual([]);
  });
});
