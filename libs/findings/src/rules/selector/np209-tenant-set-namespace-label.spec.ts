import { describe, expect, it } from 'vitest';
import {
  deployment,
  findingsOf,
  namedFindings,
  namespace,
  policy,
  type ShownFinding,
} from '../../findings.test-support.js';
import { TENANT_SET_NAMESPACE_LABEL } from './np209-tenant-set-namespace-label.js';

const CLUSTER =
  namespace('shop') +
  deployment('shop', 'web') +
  namespace('ops', 'team: ops, zone: a') +
  deployment('ops', 'prometheus');
const rule = (peer: string): string =>
  CLUSTER +
  policy(
    'shop',
    'web',
    `podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ ${peer} }] }]`,
  );
const OPS = rule('namespaceSelector: { matchLabels: { team: ops } }');
const TENANTS = { tenantsLabelNamespaces: true };

function found(manifests: string, profile: object = TENANTS): Promise<ShownFinding[]> {
  return findingsOf(TENANT_SET_NAMESPACE_LABEL, manifests, { profile });
}

describe('NP209', () => {
  it('finds namespaces that are let in by a label which tenants can set', async () => {
    const findings = await found(OPS);
    expect(findings).toMatchObject([
      { path: 'spec.ingress[0].from[0]', severity: 'LOW', confidence: 'LIKELY' },
    ]);
    expect(findings[0]!.message).toContain('team=ops');
    const and =
      'namespaceSelector: { matchLabels: { team: ops } }, podSelector: { matchLabels: { app: prometheus } }';
    expect(await found(rule(and))).toHaveLength(1);
  });

  it('names the namespaces that have the label today', async () => {
    const [one] = await namedFindings(TENANT_SET_NAMESPACE_LABEL, OPS, { profile: TENANTS });
    expect(one!.finding.fix?.text).toContain('ops');
    expect(one!.finding.fix?.edits).toMatchObject([
      { op: 'set', value: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } },
    ]);
  });

  it('is silent where nobody said that tenants may label namespaces', async () => {
    expect(await found(OPS, {})).toEqual([]);
    expect(await found(OPS, { tenantsLabelNamespaces: false })).toEqual([]);
  });

  it('is silent of labels that they cannot set', async () => {
    const guarded = { ...TENANTS, protectedNamespaceLabels: ['team'] };
    expect(await found(OPS, guarded)).toEqual([]);
    for (const selector of [
      'matchLabels: { kubernetes.io/metadata.name: ops }',
      'matchLabels: { kubernetes.io/metadata.name: ops, zone: a }',
    ])
      expect(await found(rule(`namespaceSelector: { ${selector} }`))).toEqual([]);
    const both = rule('namespaceSelector: { matchLabels: { team: ops, zone: a } }');
    expect(await found(both, guarded)).toEqual([]);
    expect(await found(both, { ...TENANTS, protectedNamespaceLabels: ['other'] })).toHaveLength(1);
    // Any tenant may have some team.
    const some =
      'namespaceSelector: { matchLabels: { zone: a }, matchExpressions: [{ key: team, operator: Exists }] }';
    expect((await found(rule(some), guarded))[0]!.message).toContain('namespace zone=a passes');
  });

  it('is silent of every namespace, of labels that are not to be there, and of what is sent', async () => {
    for (const peer of [
      'namespaceSelector: {}',
      'podSelector: {}',
      'namespaceSelector: { matchExpressions: [{ key: team, operator: NotIn, values: [evil] }] }',
      'namespaceSelector: { matchExpressions: [{ key: team, operator: DoesNotExist }] }',
    ])
      expect(await found(rule(peer))).toEqual([]);
    const egress =
      'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { team: ops } } }] }]';
    expect(await found(CLUSTER + policy('shop', 'out', egress))).toEqual([]);
  });

  it('is silent where another policy lets everybody in, and of a policy without subject', async () => {
    expect(await found(OPS + policy('shop', 'open', 'podSelector: {}, ingress: [{}]'))).toEqual([]);
    const idle =
      'podSelector: { matchLabels: { app: nobody } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: ops } } }] }]';
    expect(await found(CLUSTER + policy('shop', 'idle', idle))).toEqual([]);
  });

  it('finds it in an admin policy that allows', async () => {
    const admin = (action: string): string => `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: ops }
spec:
  priority: 1
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }
  ingress: [{ name: ops, action: ${action}, from: [{ namespaces: { matchLabels: { team: ops } } }] }]
`;
    const closed = CLUSTER + policy('shop', 'closed', 'podSelector: {}');
    expect(await found(closed + admin('Allow'))).toHaveLength(1);
    expect(await found(closed + admin('Deny'))).toEqual([]);
  });
});
