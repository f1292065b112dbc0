import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { POD_SELECTOR_OTHER_NAMESPACE } from './np207-pod-selector-other-namespace.js';

const CLUSTER =
  namespace('shop') +
  deployment('shop', 'web') +
  namespace('ops') +
  deployment('ops', 'prometheus');
const from = (peer: string): string =>
  CLUSTER + policy('shop', 'web', `podSelector: {}, ingress: [{ from: [{ ${peer} }] }]`);
const PODS = 'podSelector: { matchLabels: { app: prometheus } }';

describe('NP207', () => {
  it('finds pods that live in another namespace', async () => {
    const found = await findingsOf(POD_SELECTOR_OTHER_NAMESPACE, from(PODS));
    expect(found).toMatchObject([
      { path: 'spec.ingress[0].from[0]', severity: 'HIGH', confidence: 'LIKELY' },
    ]);
    expect(found[0]!.message).toContain('ops');
  });

  it('is silent where pods of this namespace have the labels, and with a namespaceSelector', async () => {
    expect(
      await findingsOf(POD_SELECTOR_OTHER_NAMESPACE, from(PODS) + deployment('shop', 'prometheus')),
    ).toEqual([]);
    expect(
      await findingsOf(POD_SELECTOR_OTHER_NAMESPACE, from(`namespaceSelector: {}, ${PODS}`)),
    ).toEqual([]);
  });

  it('is silent where another rule admits the pods anyway', async () => {
    expect(
      await findingsOf(
        POD_SELECTOR_OTHER_NAMESPACE,
        from(PODS) +
          policy(
            'shop',
            'open',
            'podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }]',
          ),
      ),
    ).toEqual([]);
  });

  it('is silent where policies of the other namespace look for such pods of their own', async () => {
    expect(
      await findingsOf(
        POD_SELECTOR_OTHER_NAMESPACE,
        from(PODS) + policy('ops', 'web', `podSelector: {}, ingress: [{ from: [{ ${PODS} }] }]`),
      ),
    ).toEqual([]);
  });

  it('is silent of labels that many namespaces have', async () => {
    const many = Array.from({ length: 6 }, (_, i) => deployment(`team-${i}`, 'prometheus'));
    expect(await findingsOf(POD_SELECTOR_OTHER_NAMESPACE, from(PODS) + many.join(''))).toEqual([]);
  });
});
