import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { SPOOFABLE_PEER } from './np208-spoofable-peer.js';

const CLUSTER =
  namespace('shop') +
  deployment('shop', 'web') +
  namespace('ops') +
  deployment('ops', 'prometheus');
const PODS = 'podSelector: { matchLabels: { app: prometheus } }';
const rule = (peer: string, more = ''): string =>
  CLUSTER +
  policy(
    'shop',
    'web',
    `podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ ${peer} }]${more} }]`,
  );
const ANYWHERE = rule(`namespaceSelector: {}, ${PODS}`);

describe('NP208', () => {
  it('finds pods that are let in by their labels from every namespace', async () => {
    expect(await findingsOf(SPOOFABLE_PEER, ANYWHERE)).toMatchObject([
      { path: 'spec.ingress[0].from[0]', severity: 'MEDIUM', confidence: 'LIKELY' },
    ]);
  });

  it('is silent of pods of a named namespace, of every pod, and of pods that are sent to', async () => {
    for (const peer of [
      `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ops } }, ${PODS}`,
      'namespaceSelector: {}',
      PODS,
    ])
      expect(await findingsOf(SPOOFABLE_PEER, rule(peer))).toEqual([]);
    expect(
      await findingsOf(
        SPOOFABLE_PEER,
        CLUSTER +
          policy(
            'shop',
            'dns',
            `podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: {}, ${PODS} }] }]`,
          ),
      ),
    ).toEqual([]);
  });

  it('is silent where another policy lets everybody in', async () => {
    for (const open of ['ingress: [{}]', 'ingress: [{ from: [{ namespaceSelector: {} }] }]'])
      expect(
        await findingsOf(
          SPOOFABLE_PEER,
          ANYWHERE + policy('shop', 'open', `podSelector: {}, ${open}`),
        ),
      ).toEqual([]);
  });

  it('finds it where others let everybody in at other ports alone', async () => {
    expect(
      await findingsOf(
        SPOOFABLE_PEER,
        ANYWHERE + policy('shop', 'open', 'podSelector: {}, ingress: [{ ports: [{ port: 80 }] }]'),
      ),
    ).toHaveLength(1);
  });

  it('is silent of a policy without subject', async () => {
    expect(
      await findingsOf(
        SPOOFABLE_PEER,
        CLUSTER +
          policy(
            'shop',
            'idle',
            `podSelector: { matchLabels: { app: nobody } }, ingress: [{ from: [{ namespaceSelector: {}, ${PODS} }] }]`,
          ),
      ),
    ).toEqual([]);
  });

  it('is silent where an admin policy denies everybody anyway', async () => {
    const admin = `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: closed }
spec:
  priority: 1
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }
  ingress: [{ name: none, action: Deny, from: [{ namespaces: {} }] }]
`;
    expect(await findingsOf(SPOOFABLE_PEER, ANYWHERE + admin)).toEqual([]);
  });
});
