import fc from 'fast-check';
import type { AdminKind } from './admin-fields.js';
import {
  arbitraryNamespaceSelector,
  arbitraryNodeSelector,
  arbitraryPodSelector,
  sometimesMissing,
} from './arbitrary-labels.js';
import { PORT_NAMES, PORT_NUMBERS, PORT_PROTOCOLS, several } from './arbitrary-policy.js';
import type {
  AdminPeer,
  AdminPolicySpec,
  AdminPort,
  AdminRule,
  KubernetesObject,
  NamespacedPods,
} from './kubernetes.js';

/** Around pods (10.0/16, fd00::/16), nodes (192.168.0/24, fd01::/16) and what is neither. */
const NETWORKS = [
  ...['0.0.0.0/0', '10.0.0.0/16', '10.0.1.0/24', '10.0.2.11/32', '10.0.1.77/28', '192.168.0.0/30'],
  ...['192.168.0.1/32', '203.0.113.0/24', '203.0.113.128/25', '::/0', 'fd00::/16', 'fd00::1:0/112'],
  ...['fd01::2/128', '2001:db8::/32'],
] as const;

const DOMAIN_NAMES = ['example.com', '*.example.com', 'api.shop.test'] as const;

const ACTIONS: Readonly<Record<AdminKind, readonly string[]>> = {
  AdminNetworkPolicy: ['Allow', 'Allow', 'Deny', 'Deny', 'Pass'],
  BaselineAdminNetworkPolicy: ['Allow', 'Deny'],
  ClusterNetworkPolicy: ['Accept', 'Accept', 'Deny', 'Deny', 'Pass'],
};

const arbitraryPods: fc.Arbitrary<NamespacedPods> = fc.record({
  namespaceSelector: sometimesMissing(arbitraryNamespaceSelector),
  podSelector: arbitraryPodSelector,
});

const arbitraryPodPeer: fc.Arbitrary<AdminPeer> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ namespaces: arbitraryNamespaceSelector }) },
  { weight: 8, arbitrary: fc.record({ pods: arbitraryPods }) },
  {
    weight: 1,
    arbitrary: fc.record({ namespaces: fc.constant(null), pods: arbitraryPods }),
  },
);

const arbitraryAddressPeer: fc.Arbitrary<AdminPeer> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      networks: fc.uniqueArray(fc.constantFrom(...NETWORKS), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ nodes: arbitraryNodeSelector }) },
);

const arbitraryDomainPeer: fc.Arbitrary<AdminPeer> = fc.record({
  domainNames: fc.uniqueArray(fc.constantFrom(...DOMAIN_NAMES), { minLength: 1, maxLength: 2 }),
});

/** Peers with fields that no kind has. Those of the last two are dropped: they mean every pod. */
const STRANGE_PEERS: readonly object[] = [
  { endpoints: { matchLabels: { app: 'web' } } },
  { ipBlock: { cidr: '10.0.0.0/8' } },
  { namespaces: { namespaceSelector: { matchLabels: { team: 'red' } } } },
  { namespaces: { sameLabels: ['team'] } },
];

/** Which peers a rule may have. A name of a port goes with pods only. */
function arbitraryPeers(
  kind: AdminKind,
  direction: 'ingress' | 'egress',
  action: string,
  hasNames: boolean,
): fc.Arbitrary<AdminPeer[]> {
  // Addresses are unknown to ingress rules, and domain names to a BaselineAdminNetworkPolicy.
  const strange: fc.Arbitrary<AdminPeer>[] = [fc.constantFrom(...STRANGE_PEERS)];
  if (direction === 'ingress') strange.push(arbitraryAddressPeer);
  if (kind === 'BaselineAdminNetworkPolicy') strange.push(arbitraryDomainPeer);
  const peers: fc.WeightedArbitrary<AdminPeer>[] = [
    { weight: 30, arbitrary: arbitraryPodPeer },
    { weight: 2, arbitrary: fc.oneof(...strange) },
  ];
  if (direction === 'egress' && !hasNames) {
    peers.push({ weight: 20, arbitrary: arbitraryAddressPeer });
    if (ALLOWING.includes(action) && kind !== 'BaselineAdminNetworkPolicy')
      peers.push({ weight: 20, arbitrary: arbitraryDomainPeer });
  }
  return fc.array(fc.oneof(...peers), { minLength: 1, maxLength: 3 });
}

const ALLOWING: readonly string[] = ['Allow', 'Accept'];

const number = fc.constantFrom(...PORT_NUMBERS);
const protocol = sometimesMissing(fc.constantFrom(...PORT_PROTOCOLS));
const span = fc
  .tuple(number, number)
  .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));

/** An entry of `ports`, of v1alpha1. */
const arbitraryPort: fc.Arbitrary<AdminPort> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ portNumber: fc.record({ protocol, port: number }) }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(protocol, span)
      .map(([p, range]) => ({ portRange: { protocol: p, ...range } })),
  },
);

/** An entry of `protocols`, of v1alpha2. */
const arbitraryProtocol: fc.Arbitrary<AdminPort> = fc
  .record({
    field: fc.constantFrom('tcp', 'tcp', 'udp', 'sctp'),
    destinationPort: fc.oneof(
      { weight: 4, arbitrary: fc.record({ number }) },
      {
        weight: 3,
        arbitrary: fc.record({ range: span.filter(({ start, end }) => start < end) }),
      },
    ),
  })
  .map(({ field, destinationPort }) => ({ [field]: { destinationPort } }));

/** Entries with fields that no kind has. */
const STRANGE_PORTS: readonly object[] = [{ icmp: { type: 8 } }, { port: 80 }];
const STRANGE_PROTOCOLS: readonly object[] = [
  { icmp: { type: 8 } },
  { tcp: { sourcePort: { number: 80 } } },
  { udp: { destinationPort: { numbers: [53] } } },
];

const arbitraryPortName = fc.constantFrom(...PORT_NAMES, 'nowhere');

function arbitraryPorts(kind: AdminKind, hasNames: boolean): fc.Arbitrary<AdminPort[]> {
  const isCluster = kind === 'ClusterNetworkPolicy';
  const named = arbitraryPortName.map((name) =>
    isCluster ? { destinationNamedPort: name } : { namedPort: name },
  );
  const numbered = isCluster ? arbitraryProtocol : arbitraryPort;
  const strange = fc.constantFrom<object[]>(...(isCluster ? STRANGE_PROTOCOLS : STRANGE_PORTS));
  return fc.array(
    fc.oneof(
      { weight: 40, arbitrary: hasNames ? fc.oneof(named, numbered) : numbered },
      { weight: 1, arbitrary: strange },
    ),
    { minLength: 1, maxLength: 3 },
  );
}

function arbitraryRule(kind: AdminKind, direction: 'ingress' | 'egress'): fc.Arbitrary<AdminRule> {
  const shape = fc.record({
    action: fc.constantFrom(...ACTIONS[kind]),
    hasPorts: fc.boolean(),
    hasNames: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  });
  return shape.chain(({ action, hasPorts, hasNames }) =>
    fc
      .record({
        name: fc.constantFrom(undefined, undefined, null, '', 'a rule'),
        peers: arbitraryPeers(kind, direction, action, hasPorts && hasNames),
        ports: hasPorts ? arbitraryPorts(kind, hasNames) : noPorts(kind),
      })
      .map(({ name, peers, ports }) => ({
        name,
        action,
        [direction === 'ingress' ? 'from' : 'to']: peers,
        [kind === 'ClusterNetworkPolicy' ? 'protocols' : 'ports']: ports,
      })),
  );
}

/** Of v1alpha1 an empty list is no restriction, either. */
function noPorts(kind: AdminKind): fc.Arbitrary<AdminPort[] | null | undefined> {
  return kind === 'ClusterNetworkPolicy'
    ? fc.constantFrom(undefined, null)
    : fc.constantFrom(undefined, null, []);
}

function arbitraryRules(
  kind: AdminKind,
  direction: 'ingress' | 'egress',
): fc.Arbitrary<AdminRule[] | null | undefined> {
  return sometimesMissing(several(arbitraryRule(kind, direction), 3));
}

/** A spec that the API server takes. */
export function arbitraryAdminSpec(kind: AdminKind): fc.Arbitrary<AdminPolicySpec> {
  // Priorities are few, so that some are equal.
  const priority = fc.constantFrom(0, 5, 5, 10, 10, 1000);
  const tier = fc.constantFrom('Admin', 'Baseline');
  return fc.record({
    ...(kind === 'ClusterNetworkPolicy' ? { tier } : {}),
    ...(kind === 'BaselineAdminNetworkPolicy' ? {} : { priority }),
    subject: fc.oneof(
      fc.constant({ namespaces: {} }),
      fc.record({ namespaces: arbitraryNamespaceSelector }),
      fc.record({ pods: arbitraryPods }),
    ),
    ingress: arbitraryRules(kind, 'ingress'),
    egress: arbitraryRules(kind, 'egress'),
  });
}

/** Ways to make a policy that the API server rejects. */
const SPOILERS: readonly ((spec: AdminPolicySpec) => unknown)[] = [
  (spec) => ({ ...spec, subject: undefined }),
  (spec) => ({ ...spec, subject: { namespaces: {}, pods: { podSelector: {} } } }),
  (spec) => ({ ...spec, subject: { pods: { namespaceSelector: {} } } }),
  (spec) => ({
    ...spec,
    subject: { namespaces: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
  }),
  (spec) => ({ ...spec, tier: 'admin', priority: 1001 }),
  (spec) => ({ ...spec, tier: null, priority: null }),
  (spec) => ({ ...spec, ingress: [{ action: 'Reject', from: [{ namespaces: {} }] }] }),
  (spec) => ({ ...spec, ingress: [{ action: 'Deny' }] }),
  (spec) => ({ ...spec, ingress: [{ action: 'Deny', from: [] }] }),
  (spec) => ({
    ...spec,
    ingress: [{ action: 'Deny', from: [{ namespaces: {}, pods: { podSelector: {} } }] }],
  }),
  (spec) => ({ ...spec, egress: [{ action: 'Deny', to: [{ networks: ['10.0.0.0/33'] }] }] }),
  (spec) => ({ ...spec, egress: [{ action: 'Deny', to: [{ networks: [] }] }] }),
  (spec) => ({
    ...spec,
    egress: [
      {
        action: 'Deny',
        to: [{ namespaces: {} }],
        ports: [{ portNumber: { port: 0 } }],
        protocols: [{ tcp: { destinationPort: { number: 0 } } }],
      },
    ],
  }),
  (spec) => ({
    ...spec,
    egress: [
      {
        action: 'Deny',
        to: [{ namespaces: {} }],
        ports: [{ portRange: { start: 90, end: 80 } }],
        protocols: [{ tcp: { destinationPort: { range: { start: 80, end: 80 } } } }],
      },
    ],
  }),
  (spec) => ({
    ...spec,
    egress: [
      {
        action: 'Deny',
        to: [{ networks: ['10.0.0.0/8'] }],
        ports: [{ namedPort: 'http' }],
        protocols: [{ destinationNamedPort: 'http' }],
      },
    ],
  }),
];

const API_VERSIONS: Readonly<Record<AdminKind, string>> = {
  AdminNetworkPolicy: 'policy.networking.k8s.io/v1alpha1',
  BaselineAdminNetworkPolicy: 'policy.networking.k8s.io/v1alpha1',
  ClusterNetworkPolicy: 'policy.networking.k8s.io/v1alpha2',
};

/** A policy of one of the three kinds; one in fifty is invalid. */
export const arbitraryAdminPolicy: fc.Arbitrary<KubernetesObject> = fc
  .constantFrom<AdminKind[]>(
    'AdminNetworkPolicy',
    'AdminNetworkPolicy',
    'ClusterNetworkPolicy',
    'ClusterNetworkPolicy',
    'BaselineAdminNetworkPolicy',
  )
  .chain((kind) =>
    fc
      .record({
        // Names repeat: of one kind the later of two equal ones wins.
        name:
          kind === 'BaselineAdminNetworkPolicy'
            ? fc.constantFrom(...new Array<string>(20).fill('default'), 'another')
            : fc.integer({ min: 1, max: 9 }).map((n) => `admin-${n}`),
        spec: arbitraryAdminSpec(kind),
        spoil: fc.oneof(
          { weight: 49, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.constantFrom(...SPOILERS) },
        ),
      })
      .map(({ name, spec, spoil }) => ({
        apiVersion: API_VERSIONS[kind],
        kind,
        metadata: { name },
        spec: spoil === undefined ? spec : spoil(spec),
      })),
  );
