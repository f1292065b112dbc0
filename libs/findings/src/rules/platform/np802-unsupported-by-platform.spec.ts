import { describe, expect, it } from 'vitest';
import { findingsOf, namespace, policy } from '../../findings.test-support.js';
import { UNSUPPORTED_BY_PLATFORM } from './np802-unsupported-by-platform.js';

const over = (protocol: string): string =>
  namespace('shop') +
  policy(
    'shop',
    'p',
    `podSelector: {}, ingress: [{ ports: [{ port: 80, protocol: ${protocol} }] }]`,
  );

describe('NP802', () => {
  it('finds SCTP where Cilium enforces', async () => {
    const profile = { enforcement: 'CILIUM', isEnforced: true } as const;
    expect(await findingsOf(UNSUPPORTED_BY_PLATFORM, over('SCTP'), { profile })).toMatchObject([
      { object: 'NetworkPolicy shop/p', confidence: 'LIKELY' },
    ]);
    expect(await findingsOf(UNSUPPORTED_BY_PLATFORM, over('TCP'), { profile })).toEqual([]);
  });

  it('is silent of plugins of which nothing is known', async () => {
    const profile = { enforcement: 'CALICO', isEnforced: true } as const;
    expect(await findingsOf(UNSUPPORTED_BY_PLATFORM, over('SCTP'), { profile })).toEqual([]);
  });
});
