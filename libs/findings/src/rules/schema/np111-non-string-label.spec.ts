import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, policy } from '../../findings.test-support.js';
import { NON_STRING_LABEL } from './np111-non-string-label.js';

describe('NP111', () => {
  it.each([
    ['podSelector: { matchLabels: { zone: 0123 } }', 'spec.podSelector.matchLabels.zone'],
    ['podSelector: { matchLabels: { public: yes } }', 'spec.podSelector.matchLabels.public'],
    [
      'podSelector: { matchExpressions: [{ key: zone, operator: In, values: [a, 1] }] }',
      'spec.podSelector.matchExpressions[0].values[1]',
    ],
  ])('finds %s', async (spec, path) => {
    expect(await findingsOf(NON_STRING_LABEL, policy('shop', 'web', spec))).toMatchObject([
      { object: 'NetworkPolicy shop/web', path, severity: 'HIGH' },
    ]);
  });

  it('finds labels of other objects as less grave', async () => {
    expect(
      await findingsOf(NON_STRING_LABEL, deployment('shop', 'web', ', version: 1')),
    ).toMatchObject([{ path: 'spec.template.metadata.labels.version', severity: 'MEDIUM' }]);
  });

  it('is content with values in quotes, and with nothing at all', async () => {
    const text =
      policy('shop', 'a', 'podSelector: { matchLabels: { zone: "0123", public: "yes" } }') +
      policy('shop', 'b', 'podSelector: { matchLabels: { zone: } }');
    expect(await findingsOf(NON_STRING_LABEL, text)).toEqual([]);
  });
});
