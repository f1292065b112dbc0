import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NAMESPACE_NOT_DECLARED } from './np903-namespace-not-declared.js';

const PODS = deployment('shop', 'web') + deployment('data', 'db') + deployment('ops', 'agent');
const from = (labels: string): string =>
  policy(
    'shop',
    'web',
    `podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ${labels} } } }] }]`,
  );

describe('NP903', () => {
  it('tells once of the namespaces that policies ask about and that are not declared', async () => {
    const text = PODS + namespace('shop') + from('team: a');
    expect(await findingsOf(NAMESPACE_NOT_DECLARED, text)).toMatchObject([
      { object: 'Namespace data', severity: 'MEDIUM', occurrences: 2 },
    ]);
  });

  it('finds it by the subject of a cluster-scoped policy', async () => {
    const text = `${PODS}---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: gate }
spec: { priority: 1, subject: { namespaces: { matchLabels: { team: a } } }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }
`;
    expect(await findingsOf(NAMESPACE_NOT_DECLARED, text)).toMatchObject([{ occurrences: 3 }]);
  });

  it('is information in a part of a cluster', async () => {
    const found = await findingsOf(NAMESPACE_NOT_DECLARED, PODS + from('team: a'), {
      isComplete: false,
    });
    expect(found).toMatchObject([{ severity: 'INFO' }]);
  });

  it.each([
    ['the name, which is known', PODS + from('kubernetes.io/metadata.name: data')],
    ['another namespace by its name', PODS + from('kubernetes.io/metadata.name: else, team: a')],
    [
      'declared namespaces',
      PODS + ['shop', 'data', 'ops'].map((name) => namespace(name)).join('') + from('team: a'),
    ],
    [
      'namespaces without pods',
      namespace('shop') +
        deployment('shop', 'web') +
        from('team: a') +
        policy('empty', 'deny', 'podSelector: {}'),
    ],
  ])('is content with %s', async (_, text) => {
    expect(await findingsOf(NAMESPACE_NOT_DECLARED, text)).toEqual([]);
  });
});
