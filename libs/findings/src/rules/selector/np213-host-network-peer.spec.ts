import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { HOST_NETWORK_PEER } from './np213-host-network-peer.js';

const hostNetwork = (namespaceName: string, name: string): string => `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name}, namespace: ${namespaceName} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { hostNetwork: true, containers: [{ name: main }] }
`;
const OPS = namespace('ops') + deployment('ops', 'web') + hostNetwork('ops', 'exporter');
const from = (labels: string): string =>
  OPS +
  policy(
    'ops',
    'web',
    `podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { ${labels} } }] }]`,
  );

describe('NP213', () => {
  it('finds a peer that fits pods of the host network alone', async () => {
    const found = await findingsOf(HOST_NETWORK_PEER, from('matchLabels: { app: exporter }'));
    expect(found).toMatchObject([
      { path: 'spec.ingress[0].from[0]', severity: 'MEDIUM', confidence: 'LIKELY' },
    ]);
    expect(found[0]!.message).toContain('DaemonSet ops/exporter');
  });

  it('is silent where the peer fits other pods as well, or nobody', async () => {
    expect(
      await findingsOf(
        HOST_NETWORK_PEER,
        from('matchExpressions: [{ key: app, operator: In, values: [exporter, web] }]'),
      ),
    ).toEqual([]);
    expect(await findingsOf(HOST_NETWORK_PEER, from('matchLabels: { app: ghost }'))).toEqual([]);
  });

  it('is silent where another rule admits the nodes', async () => {
    expect(
      await findingsOf(
        HOST_NETWORK_PEER,
        from('matchLabels: { app: exporter }') +
          policy('ops', 'open', 'podSelector: {}, ingress: [{}]'),
      ),
    ).toEqual([]);
  });

  it('is silent where a range of addresses stands beside it', async () => {
    const beside = from('matchLabels: { app: exporter }').replace(
      'from: [',
      'from: [{ ipBlock: { cidr: 10.0.0.0/16 } }, ',
    );
    expect(await findingsOf(HOST_NETWORK_PEER, beside)).toEqual([]);
  });
});
