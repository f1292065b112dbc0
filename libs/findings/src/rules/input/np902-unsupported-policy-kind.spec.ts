import { describe, expect, it } from 'vitest';
import { findingsOf, policy } from '../../findings.test-support.js';
import { UNSUPPORTED_POLICY_KIND } from './np902-unsupported-policy-kind.js';

const POLICY = policy('shop', 'web', 'podSelector: {}');
const of = (group: string, kind = 'NetworkPolicy'): string =>
  POLICY.replace('networking.k8s.io/v1', `${group}/v1`).replace(
    'kind: NetworkPolicy',
    `kind: ${kind}`,
  );

describe('NP902', () => {
  it('tells once for each kind', async () => {
    const text =
      of('crd.projectcalico.org') +
      of('crd.projectcalico.org').replace('name: web', 'name: db') +
      of('cilium.io', 'CiliumNetworkPolicy');
    expect(await findingsOf(UNSUPPORTED_POLICY_KIND, text)).toMatchObject([
      { object: 'NetworkPolicy', severity: 'HIGH', occurrences: 2 },
      { object: 'CiliumNetworkPolicy', occurrences: 1 },
    ]);
  });

  it('is content with kinds that are evaluated, and with those that are no policies of the network', async () => {
    const text = POLICY + of('policy', 'PodDisruptionBudget');
    expect(await findingsOf(UNSUPPORTED_POLICY_KIND, text)).toEqual([]);
  });
});
