import { describe, expect, it } from 'vitest';
import { findingsOf, policy } from '../../findings.test-support.js';
import { UNKNOWN_FIELD } from './np102-unknown-field.js';

const admin = (peer: string): string => `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: gate }
spec:
  priority: 1
  subject: { namespaces: {} }
  ingress:
    - action: Allow
      from: [${peer}]
`;

describe('NP102', () => {
  it.each([
    ['labels without matchLabels', 'podSelector: { app: web }', 'spec.podSelector.app'],
    [
      'a port of a Service',
      'podSelector: {}, ingress: [{ ports: [{ targetPort: 80 }] }]',
      'spec.ingress[0].ports[0].targetPort',
    ],
  ])('finds %s', async (_, spec, path) => {
    expect(await findingsOf(UNKNOWN_FIELD, policy('shop', 'web', spec))).toMatchObject([
      { object: 'NetworkPolicy shop/web', path, severity: 'HIGH', confidence: 'CERTAIN' },
    ]);
  });

  it('finds what the API server prunes of a cluster-scoped policy, which may be of a later version', async () => {
    const found = await findingsOf(UNKNOWN_FIELD, admin('{ namespaces: { sameLabels: [team] } }'));
    expect(found).toMatchObject([
      {
        object: 'AdminNetworkPolicy gate',
        path: 'spec.ingress[0].from[0].namespaces.sameLabels',
        confidence: 'LIKELY',
      },
    ]);
  });

  it('is content with the fields that there are, and with any annotation', async () => {
    const text =
      policy('shop', 'web', 'podSelector: { matchLabels: { targetPort: web } }').replace(
        'namespace: shop',
        'namespace: shop, annotations: { app: web }',
      ) + admin('{ namespaces: { matchLabels: { sameLabels: team } } }');
    expect(await findingsOf(UNKNOWN_FIELD, text)).toEqual([]);
  });
});
