import fc from 'fast-check';
import {
  arbitraryNamespaceSelector,
  arbitraryPodSelector,
  NAMESPACES,
  sometimesMissing,
} from './arbitrary-labels.js';
import type { IpBlock, KubernetesObject, Peer, PolicySpec, Port } from './kubernetes.js';

export const PORT_NAMES = ['http', 'dns'] as const;
export const PORT_NUMBERS = [1, 53, 80, 81, 8080, 65535] as const;
export const PORT_PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** Blocks, and what may be taken out of them. Pods are in 10.0/16 and fd00::/16, nodes in 192.168.0/24 and fd01::/16. */
const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  '0.0.0.0/0': ['10.0.0.0/8', '0.0.0.0/1', '128.0.0.0/1', '10.0.1.0/24', '255.255.255.255/32'],
  '10.0.0.0/16': ['10.0.1.0/24', '10.0.2.0/25', '10.0.1.99/28'],
  // Host bits set.
  '10.0.1.10/24': ['10.0.1.10/32', '10.0.1.13/30'],
  '10.0.2.11/32': [],
  '192.168.0.0/30': ['192.168.0.1/32'],
  '203.0.113.0/24': ['203.0.113.128/25', '203.0.113.7/32'],
  '255.255.255.255/32': [],
  '0.0.0.0/32': [],
  '::/0': ['fd00::/8', '8000::/1', '::/128', 'fd00::1:0/112'],
  'fd00::/16': ['fd00::1:0/112', 'fd00::2:b/128'],
  'fd00::1:abc/112': ['fd00::1:a/127'],
  'fd01::1/128': [],
  '2001:db8::/32': ['2001:db8:8000::/33', '2001:DB8::1/64'],
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128': [],
};

const arbitraryIpBlock: fc.Arbitrary<IpBlock> = fc
  .constantFrom(...Object.keys(BLOCKS))
  .chain((cidr) => {
    const parts = BLOCKS[cidr]!;
    const except =
      parts.length === 0
        ? fc.constantFrom(undefined, null, [])
        : sometimesMissing(fc.subarray([...parts]));
    return fc.record({ cidr: fc.constant(cidr), except });
  });

const arbitraryPeer: fc.Arbitrary<Peer> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ podSelector: arbitraryPodSelector }) },
  { weight: 2, arbitrary: fc.record({ namespaceSelector: arbitraryNamespaceSelector }) },
  {
    weight: 3,
    arbitrary: fc.record({
      podSelector: arbitraryPodSelector,
      namespaceSelector: arbitraryNamespaceSelector,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      podSelector: arbitraryPodSelector,
      namespaceSelector: fc.constant(null),
      ipBlock: fc.constant(null),
    }),
  },
  { weight: 4, arbitrary: fc.record({ ipBlock: arbitraryIpBlock }) },
);

const protocol = sometimesMissing(fc.constantFrom(...PORT_PROTOCOLS));
const number = fc.constantFrom(...PORT_NUMBERS);

const arbitraryPort: fc.Arbitrary<Port> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ protocol, port: number }) },
  {
    weight: 3,
    arbitrary: fc.record({ protocol, port: fc.constantFrom(...PORT_NAMES, 'nowhere') }),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(protocol, number, number)
      .map(([p, a, b]) => ({ protocol: p, port: Math.min(a, b), endPort: Math.max(a, b) })),
  },
  { weight: 2, arbitrary: fc.record({ protocol }) },
  { weight: 1, arbitrary: fc.constantFrom({}, { port: null, endPort: null }) },
);

const peers = sometimesMissing(several(arbitraryPeer, 4));
const ports = sometimesMissing(several(arbitraryPort, 3));
const ingress = sometimesMissing(several(fc.record({ from: peers, ports }), 3));
const egress = sometimesMissing(several(fc.record({ to: peers, ports }), 3));

/** A spec that the API server takes. */
export const arbitraryPolicySpec: fc.Arbitrary<PolicySpec> = fc.record({
  podSelector: sometimesMissing(arbitraryPodSelector),
  policyTypes: fc.constantFrom(
    ...[undefined, undefined, undefined, null, []],
    ...[['Ingress'], ['Egress'], ['Ingress', 'Egress'], ['Egress', 'Ingress']],
  ),
  ingress,
  egress,
});

/** Seldom none: an empty list of ports or peers opens everything, an empty list of rules nothing. */
export function several<Item>(item: fc.Arbitrary<Item>, maxLength: number): fc.Arbitrary<Item[]> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.array(item, { minLength: 1, maxLength }) },
    { weight: 1, arbitrary: fc.constant<Item[]>([]) },
  );
}

/** Ways to make a policy that the API server rejects. */
const SPOILERS: readonly ((spec: PolicySpec) => unknown)[] = [
  (spec) => ({ ...spec, podSelektor: {} }),
  (spec) => ({ ...spec, policyTypes: ['ingress'] }),
  (spec) => ({ ...spec, podSelector: { matchExpressions: [{ key: 'app', operator: 'In' }] } }),
  (spec) => ({ ...spec, podSelector: { matchExpressions: [{ key: 'app', operator: 'Is' }] } }),
  (spec) => ({ ...spec, ingress: [{ from: [{}] }] }),
  (spec) => ({ ...spec, ingress: [{ ports: [{ port: 0 }] }] }),
  (spec) => ({ ...spec, ingress: [{ ports: [{ port: 90, endPort: 80 }] }] }),
  (spec) => ({ ...spec, ingress: [{ ports: [{ port: 'http', endPort: 80 }] }] }),
  (spec) => ({ ...spec, ingress: [{ ports: [{ protocol: 'ICMP' }] }] }),
  (spec) => ({ ...spec, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] }),
  (spec) => ({ ...spec, egress: [{ to: [{ podSelector: {}, ipBlock: { cidr: '0.0.0.0/0' } }] }] }),
  (spec) => ({
    ...spec,
    egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/24'] } }] }],
  }),
];

/** A policy; one in fifty is invalid. */
export const arbitraryPolicy: fc.Arbitrary<KubernetesObject> = fc
  .record({
    // Names repeat: the later of two equal ones wins.
    name: fc.integer({ min: 1, max: 20 }),
    namespace: fc.constantFrom(...NAMESPACES, 'shop', 'shop'),
    spec: arbitraryPolicySpec,
    spoil: fc.oneof(
      { weight: 49, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...SPOILERS) },
    ),
  })
  .map(({ name, namespace, spec, spoil }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `policy-${name}`, namespace },
    spec: spoil === undefined ? spec : spoil(spec),
  }));
