import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCluster } from './arbitrary-cluster.js';
import type { KubernetesObject } from './kubernetes.js';
import { allowed, type Cluster, readCluster } from './oracle.js';

const samples = fc.sample(arbitraryCluster, { numRuns: 300, seed: 1 });
const clusters = samples.map(readCluster);

/** What must occur in generated clusters, each told by a pattern in their JSON. */
const FEATURES: readonly (readonly [string, RegExp])[] = [
  ['matchLabels', /"matchLabels":\{"/],
  ['an empty matchLabels', /"matchLabels":\{\}/],
  ['In', /"operator":"In"/],
  ['NotIn', /"operator":"NotIn"/],
  ['Exists', /"operator":"Exists"/],
  ['DoesNotExist', /"operator":"DoesNotExist"/],
  ['a selector on an absent key', /"key":"zone"/],
  ['a selector on an empty value', /"values":\[""/],
  ['an empty label value', /"labels":\{[^}]*"app":""/],
  ['podSelector null', /"spec":\{"podSelector":null/],
  ['podSelector empty', /"spec":\{"podSelector":\{\}/],
  ['podSelector missing', /"spec":\{"(policyTypes|ingress|egress)":/],
  ['policyTypes empty', /"policyTypes":\[\]/],
  ['policyTypes null', /"policyTypes":null/],
  ['Egress only with ingress rules', /"policyTypes":\["Egress"\],"ingress":\[\{/],
  ['Ingress only with egress rules', /"policyTypes":\["Ingress"\],.*"egress":\[\{/],
  ['no ingress rules', /"ingress":\[\]/],
  ['a rule that allows everything', /"ingress":\[\{\}/],
  ['from empty', /"from":\[\]/],
  ['from null', /"from":null/],
  ['ports empty', /"ports":\[\]/],
  ['an empty port', /"ports":\[\{\}/],
  ['a port null', /"port":null/],
  ['a named port', /"port":"http"/],
  ['a range', /"port":80,"endPort":8080/],
  ['all ports as a range', /"port":1,"endPort":65535/],
  ['SCTP', /"protocol":"SCTP","port"/],
  ['protocol null', /"protocol":null/],
  ['namespaceSelector alone', /\{"namespaceSelector":/],
  ['both selectors', /"podSelector":[^[\]]*,"namespaceSelector":\{/],
  ['an unset namespaceSelector', /"namespaceSelector":null/],
  ['kubernetes.io/metadata.name', /"kubernetes.io\/metadata.name"/],
  ['ipBlock with except', /"cidr":"[^"]*","except":\["/],
  ['a block of all IPv4', /"cidr":"0.0.0.0\/0"/],
  ['a block of all IPv6', /"cidr":"::\/0"/],
  ['one IPv6 address', /"cidr":"[^"]*\/128"/],
  ['host bits set', /"cidr":"10.0.1.10\/24"/],
  ['hostNetwork on a node', /"hostNetwork":true,"nodeName":"node-1"/],
  ['hostNetwork on an undeclared node', /"hostNetwork":true,"nodeName":"node-undeclared"/],
  ['a terminated pod', /"phase":"(Succeeded|Failed)"/],
  ['IPv6 pods', /"podIP":"fd00/],
  ['dual-stack pods', /"podIPs":\[\{[^\]]*\},\{/],
  ['podIP alone', /"podIP":"[^"]*"\}/],
  ['init containers with ports', /"initContainers":\[\{[^\]]*"containerPort"/],
  ['a CronJob', /"kind":"CronJob","metadata"/],
  ['an owned ReplicaSet', /"ownerReferences":\[\{[^\]]*"kind":"Deployment"/],
  ['an owner of another kind', /"kind":"Rollout"/],
];

describe('generated clusters', () => {
  it('are neither open nor closed', () => {
    const share = shareAllowed(clusters);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
  });

  it.each(FEATURES)('contain %s', (_, pattern) => {
    const texts = samples.map((objects) => JSON.stringify(objects));
    expect(texts.filter((text) => pattern.test(text)).length).toBeGreaterThan(0);
  });

  it('contain undeclared namespaces, names that repeat, invalid policies and pods that several policies select', () => {
    const declared = samples.map((objects) => named(objects, 'Namespace'));
    expect(clusters.some((c, i) => c.pods.some((p) => !declared[i]!.has(p.namespace)))).toBe(true);
    expect(samples.some((o) => named(o, 'NetworkPolicy').size < count(o))).toBe(true);
    expect(samples.some((o, i) => count(o) > clusters[i]!.policies.length)).toBe(true);
    expect(clusters.some(({ policies }) => policies.length >= 4)).toBe(true);
  });
});

/** Of the ordered pairs of different pods, in clusters with policies, those that may use TCP 80. */
function shareAllowed(all: readonly Cluster[]): number {
  const verdicts = all
    .filter(({ policies }) => policies.length > 0)
    .flatMap((cluster) =>
      cluster.pods.flatMap((source) =>
        cluster.pods
          .filter((destination) => destination !== source)
          .map((destination) => allowed(cluster, source, destination, 'TCP', 80)),
      ),
    );
  return verdicts.filter(Boolean).length / verdicts.length;
}

function named(objects: readonly KubernetesObject[], kind: string): Set<string> {
  const some = objects.filter((object) => object.kind === kind);
  return new Set(
    some.map(({ metadata }) =>
      `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`.replace(/^\//, ''),
    ),
  );
}

function count(objects: readonly KubernetesObject[]): number {
  return objects.filter(({ kind }) => kind === 'NetworkPolicy').length;
}
