import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, policy } from '../../findings.test-support.js';
import { TEMPLATE_NOT_RENDERED } from './np901-template-not-rendered.js';

describe('NP901', () => {
  it('tells once for each kind', async () => {
    const text =
      policy('shop', 'a', 'podSelector: { matchLabels: { app: "{{ .Values.app }}" } }') +
      policy('shop', 'b', 'podSelector: {}, ingress: [{ ports: [{ port: "${PORT}" }] }]') +
      deployment('shop', '"{{ .Release.Name }}"');
    expect(await findingsOf(TEMPLATE_NOT_RENDERED, text)).toMatchObject([
      { object: 'NetworkPolicy', occurrences: 2, severity: 'HIGH' },
      { object: 'Deployment', occurrences: 1 },
    ]);
  });

  it('finds text that does not even parse', async () => {
    const text = `${policy('shop', 'a', 'podSelector: {}')}---\n{{- if .Values.policies }}\nkind: NetworkPolicy\n{{- end }}\n`;
    expect(await findingsOf(TEMPLATE_NOT_RENDERED, text)).toMatchObject([{ object: '' }]);
  });

  it('is content with placeholders in text that has them by right', async () => {
    const text =
      deployment('shop', 'web', '', ', args: ["echo ${HOME} {{ x }}"]') +
      policy('shop', 'a', 'podSelector: {}').replace(
        'namespace: shop',
        'namespace: shop, annotations: { note: "${x} {{ y }}" }',
      );
    expect(await findingsOf(TEMPLATE_NOT_RENDERED, text)).toEqual([]);
  });
});
