import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NAMESPACE_NAME_LABEL_MISSING } from './np205-namespace-name-label.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const from = (labels: string): string =>
  SHOP +
  policy(
    'shop',
    'web',
    `podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ${labels} } } }] }]`,
  );

describe('NP205', () => {
  it('finds a label that is taken for the name of a namespace', async () => {
    expect(
      await findingsOf(NAMESPACE_NAME_LABEL_MISSING, from('name: ops') + namespace('ops')),
    ).toMatchObject([{ path: 'spec.ingress[0].from[0]', severity: 'HIGH', confidence: 'CERTAIN' }]);
  });

  it('only informs where the labels of the namespace are not known', async () => {
    expect(
      await findingsOf(NAMESPACE_NAME_LABEL_MISSING, from('name: ops') + deployment('ops', 'db')),
    ).toMatchObject([{ severity: 'INFO', confidence: 'POSSIBLE' }]);
  });

  it('is silent where the namespace has the label, and where no namespace has the name', async () => {
    expect(
      await findingsOf(
        NAMESPACE_NAME_LABEL_MISSING,
        from('name: ops') + namespace('ops', 'name: ops'),
      ),
    ).toEqual([]);
    expect(
      await findingsOf(NAMESPACE_NAME_LABEL_MISSING, from('name: ghost') + namespace('ops')),
    ).toEqual([]);
    expect(
      await findingsOf(
        NAMESPACE_NAME_LABEL_MISSING,
        from('kubernetes.io/metadata.name: ops') + namespace('ops'),
      ),
    ).toEqual([]);
  });
});
