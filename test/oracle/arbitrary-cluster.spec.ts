import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCluster } from './arbitrary-cluster.js';
import { type Cluster, findEndpoint, readCluster } from './cluster.js';
import type { KubernetesObject } from './kubernetes.js';
import { allowed, side } from './oracle.js';

const samples = fc.sample(arbitraryCluster, { numRuns: 300, seed: 1 });
const clusters = samples.map((objects) => readCluster(objects));

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
  ['labels of nodes', /"kind":"Node","metadata":\{[^}]*"labels":\{"(pool|disk)"/],
  ['an AdminNetworkPolicy', /"kind":"AdminNetworkPolicy"/],
  ['the BaselineAdminNetworkPolicy', /"BaselineAdminNetworkPolicy","metadata":\{"name":"default"/],
  ['another BaselineAdminNetworkPolicy', /"metadata":\{"name":"another"/],
  ['a ClusterNetworkPolicy of the Admin tier', /"tier":"Admin"/],
  ['a ClusterNetworkPolicy of the Baseline tier', /"tier":"Baseline"/],
  [
    'the first and the last priority',
    /"priority":0,.*"priority":1000|"priority":1000,.*"priority":0,/,
  ],
  ['equal priorities', /"priority":5,.*"priority":5,/],
  ['a subject of all pods', /"subject":\{"namespaces":\{\}\}/],
  ['a subject by pods', /"subject":\{"pods":\{"namespaceSelector":\{"match/],
  ['Accept', /"action":"Accept"/],
  ['Allow', /"action":"Allow"/],
  ['Deny', /"action":"Deny"/],
  ['Pass of both versions', /"Pass","from":[^\0]*"ports".*"Pass","from":[^\0]*"protocols"/],
  ['no rules', /"ingress":\[\],"egress":\[\{"(name|action)"/],
  ['networks', /"networks":\["10/],
  ['nodes', /"nodes":\{"match/],
  ['domainNames', /"domainNames":\["/],
  ['a known and an unknown peer', /\},\{"(endpoints|ipBlock":\{"cidr":"10.0.0.0\/8")/],
  ['addresses as peers of ingress', /"from":\[[^\]]*\{"(networks|nodes)"/],
  ['domain names of a BaselineAdminNetworkPolicy', /"name":"default"[^\0]*"domainNames"/],
  ['the older shape of namespaces', /"namespaces":\{"namespaceSelector"/],
  ['portNumber', /"portNumber":\{"protocol":"UDP"/],
  ['portNumber without a protocol', /"portNumber":\{"port"/],
  ['portRange', /"portRange":\{"protocol":"SCTP"/],
  ['a portRange of one port', /"start":80,"end":80/],
  ['namedPort', /"namedPort":"http"/],
  ['no ports of v1alpha1', /"action":"[^"]*","(from|to)":[^\0]*"ports":\[\]/],
  ['tcp', /"tcp":\{"destinationPort":\{"number"/],
  ['sctp as a range', /"sctp":\{"destinationPort":\{"range"/],
  ['destinationNamedPort', /"destinationNamedPort":"dns"/],
  ['an unknown protocol', /"icmp"/],
  ['an unknown field inside a protocol', /"sourcePort"/],
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

  it('have admin policies half of the time, and every reason at the ends of their connections', () => {
    const share = clusters.filter((one) => one.adminPolicies.length > 0).length / clusters.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
    expect(Object.fromEntries(countReasons(clusters))).toEqual({
      'ALLOWED ALLOWED_BY_ADMIN_POLICY': expect.any(Number) as number,
      'ALLOWED ALLOWED_BY_BASELINE_POLICY': expect.any(Number) as number,
      'ALLOWED ALLOWED_BY_POLICY': expect.any(Number) as number,
      'ALLOWED NODE_LOCAL': expect.any(Number) as number,
      'ALLOWED NOT_GOVERNED': expect.any(Number) as number,
      'ALLOWED NOT_ISOLATED': expect.any(Number) as number,
      'DENIED DENIED_BY_ISOLATION': expect.any(Number) as number,
      'DENIED DENIED_BY_POLICY': expect.any(Number) as number,
      'UNKNOWN DENIED_BY_ISOLATION': expect.any(Number) as number,
      'UNKNOWN DENIED_BY_POLICY': expect.any(Number) as number,
    });
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
  return verdicts.filter((verdict) => verdict === 'ALLOWED').length / verdicts.length;
}

/** How often TCP 80 from a pod passes or does not for a reason, to pods and to an address outside. */
function countReasons(all: readonly Cluster[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cluster of all)
    for (const pod of cluster.pods)
      for (const peer of [...cluster.pods, findEndpoint(cluster, { ip: '203.0.113.7' })!]) {
        const { outcome, reason } = side(cluster, 'EGRESS', pod, peer, 'TCP', 80);
        const key = `${outcome} ${reason}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
  return counts;
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
