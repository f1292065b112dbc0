import { COMPONENTS, type PlannedNamespace } from './planned.js';
import type { Profile } from './profiles.js';
import type { Random } from './random.js';

const PORT_NAMES = ['http', 'metrics', 'grpc', 'https'];
const PORT_NUMBERS = [
  80, 443, 8080, 8443, 9090, 5432, 6379, 3000, 50051, 3306, 9092, 27017, 5672, 8000,
];
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.169.254/32'];

/**
 * Adds policies as clusters have them: most namespaces deny by default and let their own pods, monitoring and the ingress
 * controller in; the rest is about single applications. One policy in four selects nothing, one peer in five is a CIDR.
 */
export function generatePolicies(
  random: Random,
  profile: Profile,
  namespaces: readonly PlannedNamespace[],
): void {
  const isolated = namespaces.slice(2).filter(() => random.chance(0.8));
  let made = 0;
  const add = (namespace: PlannedNamespace, spec: object): void => {
    if (made >= profile.policies) return;
    const metadata = { name: `policy-${String(made++)}`, namespace: namespace.name };
    namespace.objects.push({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec,
    });
  };
  for (const namespace of isolated) {
    if (made > profile.policies * 0.75) break;
    defaults(random, namespace, add);
  }
  while (made < profile.policies) {
    const namespace = random.pick(isolated);
    add(namespace, applicationPolicy(random, profile, namespaces, namespace));
  }
}

type Add = (namespace: PlannedNamespace, spec: object) => void;

function defaults(random: Random, namespace: PlannedNamespace, add: Add): void {
  const everyone = { podSelector: {} };
  if (random.chance(0.7)) add(namespace, { ...everyone, policyTypes: ['Ingress'] });
  if (random.chance(0.3)) {
    const dns = [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ];
    add(namespace, { ...everyone, policyTypes: ['Egress'] });
    add(namespace, {
      ...everyone,
      policyTypes: ['Egress'],
      egress: [{ to: [inNamespace('kube-system')], ports: dns }],
    });
  }
  if (random.chance(0.5))
    add(namespace, {
      ...everyone,
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
  if (random.chance(0.4)) {
    const ports = [{ protocol: 'TCP', port: 'metrics' }];
    add(namespace, {
      ...everyone,
      policyTypes: ['Ingress'],
      ingress: [{ from: [inNamespace('monitoring')], ports }],
    });
  }
  if (random.chance(0.3)) {
    const ports = [{ protocol: 'TCP', port: 8080 }];
    add(namespace, {
      podSelector: podSelector(random, namespace),
      ingress: [{ from: [inNamespace('ingress-nginx')], ports }],
    });
  }
}

function applicationPolicy(
  random: Random,
  profile: Profile,
  namespaces: readonly PlannedNamespace[],
  namespace: PlannedNamespace,
): object {
  const isEgress = random.chance(0.35);
  const rules = Array.from({ length: random.chance(0.8) ? 1 : 2 }, () => {
    const peers = Array.from({ length: random.chance(0.8) ? 1 : 3 }, () =>
      peer(random, profile, namespaces, namespace),
    );
    return {
      [isEgress ? 'to' : 'from']: peers,
      ...(random.chance(0.4) ? {} : { ports: ports(random) }),
    };
  });
  return {
    podSelector: random.chance(0.1) ? {} : podSelector(random, namespace),
    policyTypes: [isEgress ? 'Egress' : 'Ingress'],
    [isEgress ? 'egress' : 'ingress']: rules,
  };
}

function ports(random: Random): object[] {
  return Array.from({ length: random.chance(0.75) ? 1 : 3 }, () => {
    const kind = random.next();
    if (kind < 0.15) return { protocol: 'TCP', port: random.pick(PORT_NAMES) };
    if (kind < 0.2)
      return {
        protocol: 'TCP',
        port: 30_000 + random.below(1000),
        endPort: 32_000 + random.below(700),
      };
    return kind < 0.25
      ? { protocol: 'UDP', port: 53 }
      : { protocol: 'TCP', port: random.pick(PORT_NUMBERS) };
  });
}

function peer(
  random: Random,
  profile: Profile,
  namespaces: readonly PlannedNamespace[],
  own: PlannedNamespace,
): object {
  const kind = random.next();
  const other = random.pick(namespaces);
  if (kind < 0.4) return { podSelector: podSelector(random, own) };
  if (kind < 0.55) return inNamespace(other.name);
  if (kind < 0.7) return { ...inNamespace(other.name), podSelector: podSelector(random, other) };
  const component = { matchLabels: { 'app.kubernetes.io/component': random.pick(COMPONENTS) } };
  if (kind < 0.76)
    return {
      namespaceSelector: { matchLabels: { team: `team${String(random.below(profile.teams))}` } },
      podSelector: component,
    };
  if (kind < 0.78)
    return {
      namespaceSelector: {
        matchExpressions: [{ key: 'env', operator: 'In', values: ['prod', 'stage'] }],
      },
      podSelector: component,
    };
  if (kind < 0.8)
    return {
      namespaceSelector: {},
      podSelector: {
        matchLabels: {
          'app.kubernetes.io/name': `svc-${random.skewed(profile.apps).toString(36)}`,
        },
      },
    };
  return { ipBlock: ipBlock(random) };
}

function podSelector(random: Random, { workloads }: PlannedNamespace): object {
  const workload = workloads.length === 0 ? { app: 'none', name: 'none' } : random.pick(workloads);
  const kind = random.next();
  if (kind < 0.5) return { matchLabels: { app: workload.name } };
  if (kind < 0.65) return { matchLabels: { 'app.kubernetes.io/name': workload.app } };
  if (kind < 0.75)
    return { matchLabels: { 'app.kubernetes.io/component': random.pick(COMPONENTS) } };
  if (kind < 0.8)
    return { matchExpressions: [{ key: 'tier', operator: 'In', values: ['frontend', 'backend'] }] };
  if (kind < 0.83)
    return { matchExpressions: [{ key: 'app', operator: 'NotIn', values: [workload.name] }] };
  if (kind < 0.86) return { matchLabels: { 'access-db': 'true' } };
  return kind < 0.88
    ? { matchExpressions: [{ key: 'tier', operator: 'Exists' }] }
    : { matchLabels: { app: `no-such-${String(random.below(50))}` } };
}

function ipBlock(random: Random): object {
  const kind = random.next();
  if (kind < 0.25)
    return {
      cidr: '0.0.0.0/0',
      ...(random.chance(0.6) ? { except: PRIVATE.slice(0, 1 + random.below(4)) } : {}),
    };
  if (kind < 0.5)
    return { cidr: `10.${String(random.below(64))}.${String(random.below(256))}.0/24` };
  const [a, b, c, d] = [
    20 + random.below(100),
    random.below(256),
    random.below(256),
    random.below(256),
  ].map(String);
  return kind < 0.75 ? { cidr: `${a!}.${b!}.${c!}.0/24` } : { cidr: `${a!}.${b!}.${c!}.${d!}/32` };
}

function inNamespace(name: string): { namespaceSelector: object } {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}
