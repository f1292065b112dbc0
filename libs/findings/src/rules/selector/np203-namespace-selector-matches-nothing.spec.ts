import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NAMESPACE_SELECTOR_MATCHES_NOTHING } from './np203-namespace-selector-matches-nothing.js';

const CLUSTER = namespace('shop') + deployment('shop', 'web') + namespace('ops', 'team: platform');
const from = (...peers: string[]): string =>
  CLUSTER + policy('shop', 'web', `podSelector: {}, ingress: [{ from: [${peers.join()}] }]`);
const named = (labels: string): string => `{ namespaceSelector: { matchLabels: { ${labels} } } }`;

describe('NP203', () => {
  it('finds a namespaceSelector that no namespace fits', async () => {
    expect(
      await findingsOf(NAMESPACE_SELECTOR_MATCHES_NOTHING, from(named('zone: outer'))),
    ).toMatchObject([
      { path: 'spec.ingress[0].from[0]', severity: 'MEDIUM', confidence: 'CERTAIN' },
    ]);
  });

  it('says less of one among others, and where labels of a namespace are not known', async () => {
    expect(
      await findingsOf(
        NAMESPACE_SELECTOR_MATCHES_NOTHING,
        from(named('team: platform'), named('zone: outer')),
      ),
    ).toMatchObject([{ severity: 'LOW', confidence: 'POSSIBLE' }]);
    expect(
      await findingsOf(
        NAMESPACE_SELECTOR_MATCHES_NOTHING,
        from(named('zone: outer')) + deployment('undeclared', 'db'),
      ),
    ).toMatchObject([{ severity: 'INFO', confidence: 'POSSIBLE' }]);
  });

  it('is silent where a namespace fits, and of a policy without subject', async () => {
    expect(
      await findingsOf(NAMESPACE_SELECTOR_MATCHES_NOTHING, from(named('team: platform'))),
    ).toEqual([]);
    expect(
      await findingsOf(NAMESPACE_SELECTOR_MATCHES_NOTHING, from('{ namespaceSelector: {} }')),
    ).toEqual([]);
    expect(
      await findingsOf(
        NAMESPACE_SELECTOR_MATCHES_NOTHING,
        CLUSTER +
          policy(
            'shop',
            'idle',
            `podSelector: { matchLabels: { app: nobody } }, ingress: [{ from: [${named('zone: outer')}] }]`,
          ),
      ),
    ).toEqual([]);
  });

  it('leaves the name of a namespace to NP205', async () => {
    expect(await findingsOf(NAMESPACE_SELECTOR_MATCHES_NOTHING, from(named('name: ops')))).toEqual(
      [],
    );
  });
});
