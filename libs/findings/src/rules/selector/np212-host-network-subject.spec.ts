import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { HOST_NETWORK_SUBJECT } from './np212-host-network-subject.js';

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
const selecting = (selector: string): string =>
  OPS + policy('ops', 'some', `podSelector: { ${selector} }`);

describe('NP212', () => {
  it('finds a podSelector that names pods of the host network', async () => {
    const found = await findingsOf(
      HOST_NETWORK_SUBJECT,
      selecting('matchLabels: { app: exporter }'),
    );
    expect(found).toMatchObject([
      { path: 'spec.podSelector', severity: 'MEDIUM', confidence: 'LIKELY' },
    ]);
    expect(found[0]!.message).toContain('DaemonSet ops/exporter');
  });

  it('is silent of an empty selector, which names nobody in particular, and of other pods', async () => {
    expect(await findingsOf(HOST_NETWORK_SUBJECT, selecting(''))).toEqual([]);
    expect(await findingsOf(HOST_NETWORK_SUBJECT, selecting('matchLabels: { app: web }'))).toEqual(
      [],
    );
  });

  it('is silent of a selector that only leaves others out', async () => {
    expect(
      await findingsOf(
        HOST_NETWORK_SUBJECT,
        selecting('matchExpressions: [{ key: app, operator: NotIn, values: [web] }]'),
      ),
    ).toEqual([]);
  });
});
