import { describe, expect, it } from 'vitest';
import { DEFAULT_MANIFEST_LIMITS, readManifests } from '@portolan/manifests';
import { LISTED_KINDS, resourceName, unknownPolicies } from './listed-kinds.js';

/** Kinds of policy that are listed only to be counted, by their plural. */
const UNEVALUATED = [
  ['crd.projectcalico.org', 'GlobalNetworkPolicy'],
  ['crd.projectcalico.org', 'NetworkPolicy'],
  ['cilium.io', 'CiliumNetworkPolicy'],
  ['cilium.io', 'CiliumClusterwideNetworkPolicy'],
  ['crd.antrea.io', 'ClusterNetworkPolicy'],
  ['k8s.ovn.org', 'EgressFirewall'],
  ['network.openshift.io', 'EgressNetworkPolicy'],
  ['k8s.cni.cncf.io', 'MultiNetworkPolicy'],
  ['security.istio.io', 'AuthorizationPolicy'],
  ['policy.linkerd.io', 'AuthorizationPolicy'],
  ['policy.linkerd.io', 'Server'],
  ['policy.linkerd.io', 'ServerAuthorization'],
] as const;

describe('the kinds that are listed', () => {
  it('are each listed once', () => {
    const names = LISTED_KINDS.map(resourceName);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are no Secrets and no ConfigMaps', () => {
    expect(LISTED_KINDS.map(({ plural }) => plural).join()).not.toMatch(/secret|configmap/);
  });

  it.each(UNEVALUATED)('include %s/%s, of which answers warn', async (group, kind) => {
    const plural =
      kind
        .toLowerCase()
        .replace(/y$/, 'ie')
        .replace(/^multi/, 'multi-') + 's';
    expect(LISTED_KINDS.map(resourceName)).toContain(`${plural}.${group}`);
    const object = { apiVersion: `${group}/v1`, kind, metadata: { name: 'x' } };
    const files = [{ path: 'x.json', content: Buffer.from(JSON.stringify(object)) }];
    const { problems } = await readManifests({ kind: 'files', files }, DEFAULT_MANIFEST_LIMITS);
    expect(problems.map(({ code }) => code)).toEqual(['UNSUPPORTED_POLICY_KIND']);
  });
});

describe('unknownPolicies', () => {
  it('are told by the names of definitions', () => {
    const names = [
      'widgets.example.com',
      'foonetworkpolicies.example.com',
      'ciliumnetworkpolicies.cilium.io',
      'networkpolicies.other.example.com',
    ];
    expect(unknownPolicies(names).map(resourceName)).toEqual([
      'foonetworkpolicies.example.com',
      'networkpolicies.other.example.com',
    ]);
  });
});
