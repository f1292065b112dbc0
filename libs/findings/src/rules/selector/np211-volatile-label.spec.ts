import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { VOLATILE_LABEL } from './np211-volatile-label.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const selecting = (selector: string): string =>
  SHOP + policy('shop', 'web', `podSelector: { ${selector} }`);

describe('NP211', () => {
  it('finds labels that change with each template or release', async () => {
    const certain = [{ path: 'spec.podSelector', severity: 'HIGH', confidence: 'CERTAIN' }];
    const likely = [{ path: 'spec.podSelector', severity: 'HIGH', confidence: 'LIKELY' }];
    const of = (labels: string): Promise<unknown> =>
      findingsOf(VOLATILE_LABEL, selecting(`matchLabels: { ${labels} }`));
    expect(await of('pod-template-hash: 5d59d67564')).toMatchObject(certain);
    expect(await of('controller-revision-hash: web-7c9f')).toMatchObject(certain);
    expect(await of('helm.sh/chart: redis-17.3.2')).toMatchObject(likely);
    expect(await of('app.kubernetes.io/version: 1.2.3')).toMatchObject(likely);
    expect(await of('chart: redis-17.3.2')).toMatchObject(likely);
  });

  it('finds one in a peer', async () => {
    expect(
      await findingsOf(
        VOLATILE_LABEL,
        SHOP +
          policy(
            'shop',
            'web',
            'podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { pod-template-hash: "1" } } }] }]',
          ),
      ),
    ).toMatchObject([{ path: 'spec.ingress[0].from[0]' }]);
  });

  it('is silent of labels that stay, of a chart without version, and of requirements that go on to hold', async () => {
    for (const selector of [
      'matchLabels: { app.kubernetes.io/name: web, version: v1 }',
      'matchLabels: { chart: redis }',
      'matchExpressions: [{ key: pod-template-hash, operator: Exists }]',
      'matchExpressions: [{ key: app.kubernetes.io/version, operator: NotIn, values: [1.0.0] }]',
    ])
      expect(await findingsOf(VOLATILE_LABEL, selecting(selector))).toEqual([]);
  });
});
