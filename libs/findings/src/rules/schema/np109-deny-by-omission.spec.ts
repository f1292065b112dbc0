import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { DENY_BY_OMISSION } from './np109-deny-by-omission.js';

const SHOP = namespace('shop') + deployment('shop', 'web') + deployment('shop', 'db');
const found = (name: string, spec: string, more = '') =>
  findingsOf(DENY_BY_OMISSION, SHOP + more + policy('shop', name, `podSelector: {}, ${spec}`));
const HALF = 'policyTypes: [Ingress, Egress], ingress: [{}]';

describe('NP109', () => {
  it('finds a direction without rules beside rules of the other', async () => {
    expect(await found('web', HALF)).toMatchObject([
      {
        object: 'NetworkPolicy shop/web',
        severity: 'INFO',
        confidence: 'POSSIBLE',
        occurrences: 1,
      },
    ]);
  });

  it('finds it by the name of the policy', async () => {
    expect(await found('allow-web', 'policyTypes: [Ingress]')).toHaveLength(1);
  });

  it.each([
    ['a list that is empty', 'web', `${HALF}, egress: []`, ''],
    ['a policy that is there to deny', 'default-deny', 'policyTypes: [Ingress]', ''],
    ['a policy that denies what others may allow', 'deny-to-all', 'policyTypes: [Egress]', ''],
    [
      'pods that are isolated anyway',
      'web',
      HALF,
      policy('shop', 'deny', 'podSelector: {}, policyTypes: [Egress]'),
    ],
  ])('is content with %s', async (_, name, spec, more) => {
    expect(await found(name, spec, more)).toEqual([]);
  });

  it('is content with what an API server wrote, and with a policy that selects nobody', async () => {
    const exported = policy('shop', 'web', `podSelector: {}, ${HALF}`).replace(
      'name: web',
      'name: web, uid: 0b',
    );
    const idle = policy('empty', 'web', `podSelector: {}, ${HALF}`);
    expect(await findingsOf(DENY_BY_OMISSION, SHOP + exported + idle)).toEqual([]);
  });
});
