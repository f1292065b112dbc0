import { type KubernetesObject, type PlannedNamespace } from './planned.js';
import { Random } from './random.js';

const NAMESPACES = 20;
const PODS = 10_000;
/** Pods that share an owner. */
const REPLICAS = 10;

/** What a cluster is made of besides its pods, all of which have labels and an address of their own. */
interface Plan {
  readonly policies: number;
  policy(random: Random, i: number): object;
  ports(i: number): object[];
}

const NO_PORTS = (): object[] => [];

/** Clusters that each have very much of one thing. */
const PLANS = {
  /** 30,000 distinct selectors: three in each policy. */
  XA: {
    policies: 10_000,
    ports: NO_PORTS,
    policy: (random, i) =>
      ingress(matching('In', [3 * i, 3 * i + 7]), [
        { podSelector: matching('In', [3 * i + 1, random.below(PODS)]) },
        { namespaceSelector: {}, podSelector: matching('In', [3 * i + 2, random.below(PODS)]) },
      ]),
  },
  /** NotIn everywhere: nearly every pod is selected and admitted by nearly every policy of its namespace. */
  XB: {
    policies: 2_000,
    ports: NO_PORTS,
    policy: (random, i) =>
      ingress(
        matching('NotIn', [i]),
        [{ namespaceSelector: {}, podSelector: matching('NotIn', [random.below(PODS)]) }],
        [{ port: 1 + random.below(60_000) }],
      ),
  },
  /** 10,000 networks with exceptions, one within another. */
  XC: {
    policies: 10_000,
    ports: NO_PORTS,
    policy: (random, i) =>
      ingress(matching('In', [i]), [{ ipBlock: nested(random) }], [{ port: 1 + (i % 60_000) }]),
  },
  /** 5,000 tables of named ports, and rules that name ports on both sides. */
  XD: {
    policies: 400,
    ports: (i) =>
      ['http', 'metrics', 'admin'].map((name, k) => ({
        name,
        containerPort: 1024 + (((i % 5_000) * 7 + k * 5_003) % 60_000),
      })),
    policy: (random, i) => {
      const to = [{ namespaceSelector: {}, podSelector: matching('NotIn', [random.below(PODS)]) }];
      const ports = [{ port: random.pick(['http', 'metrics', 'admin']) }];
      const podSelector = matching('In', [i, i + 1, i + 2]);
      return i % 2 === 0
        ? ingress(podSelector, to, ports)
        : { podSelector, policyTypes: ['Egress'], egress: [{ to, ports }] };
    },
  },
} as const satisfies Record<string, Plan>;

export type HostileName = keyof typeof PLANS;

export const HOSTILE_NAMES = Object.keys(PLANS) as HostileName[];

export function generateHostile(name: HostileName): PlannedNamespace[] {
  const plan: Plan = PLANS[name];
  const random = new Random(11);
  const namespaces = Array.from({ length: NAMESPACES }, (_, i) => namespace(i));
  for (let i = 0; i < PODS; i++) {
    const home = namespaces[i % NAMESPACES]!;
    home.objects.push(pod(home.name, i, plan.ports(i)));
  }
  for (let i = 0; i < plan.policies; i++) {
    const home = namespaces[i % NAMESPACES]!;
    home.objects.push({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `policy-${String(i)}`, namespace: home.name },
      spec: plan.policy(random, i),
    });
  }
  return namespaces;
}

function namespace(i: number): PlannedNamespace {
  const name = `hostile-${String(i)}`;
  return {
    name,
    workloads: [],
    objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }],
  };
}

function pod(home: string, i: number, ports: object[]): KubernetesObject {
  const owner = `set-${String(Math.floor(i / NAMESPACES / REPLICAS))}`;
  const ip = `10.128.${String(i >> 8)}.${String(i & 255)}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `pod-${String(i)}`,
      namespace: home,
      labels: { id: valueOf(i) },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'StatefulSet', name: owner, controller: true },
      ],
    },
    spec: { containers: [{ name: 'main', image: 'registry.example/app:1', ports }] },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] },
  };
}

function ingress(podSelector: object, from: object[], ports?: object[]): object {
  const rule = ports === undefined ? { from } : { from, ports };
  return { podSelector, policyTypes: ['Ingress'], ingress: [rule] };
}

function matching(operator: 'In' | 'NotIn', ids: readonly number[]): object {
  return { matchExpressions: [{ key: 'id', operator, values: ids.map(valueOf) }] };
}

/** A network of half the pods' addresses or fewer, with a hole, and a hole beside it that is cut into more. */
function nested(random: Random): object {
  const bits = 17 + random.below(8);
  const third = random.below(2 ** Math.max(0, bits - 16)) << (24 - Math.min(24, bits));
  const cidr = `10.128.${String(third)}.0/${String(bits)}`;
  const hole = (size: number): string =>
    `10.128.${String(third)}.${String((random.below(256) >> (32 - size)) << (32 - size))}/${String(size)}`;
  return { cidr, except: [hole(26), hole(28), hole(30), hole(32)] };
}

function valueOf(i: number): string {
  return `value-${String(i)}`;
}
