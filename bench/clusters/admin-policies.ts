import { COMPONENTS, type KubernetesObject } from './planned.js';
import type { Profile } from './profiles.js';
import { Random } from './random.js';

const ADMIN_SHARE = 0.75;
const PORTS = [22, 53, 80, 443, 5432, 6379, 8080, 9090];

/**
 * ClusterNetworkPolicies as platform teams write them, three of four in the Admin tier: some for the whole cluster, most
 * for the namespaces of a team or an environment, with few rules each.
 */
export function generateAdminPolicies({ seed, adminPolicies, teams }: Profile): KubernetesObject[] {
  const random = new Random(seed + 1000);
  return Array.from({ length: adminPolicies }, (_, i) => ({
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: `platform-${String(i)}` },
    spec: {
      tier: i < adminPolicies * ADMIN_SHARE ? 'Admin' : 'Baseline',
      priority: 5 * i,
      subject: subject(random, teams, i),
      ingress: rules(random, teams, 'from'),
      egress: rules(random, teams, 'to'),
    },
  }));
}

function subject(random: Random, teams: number, i: number): object {
  if (i % 20 === 0) return { namespaces: {} };
  const namespaces = someNamespaces(random, teams);
  if (random.chance(0.7)) return { namespaces };
  return { pods: { namespaceSelector: namespaces, podSelector: component(random) } };
}

function rules(random: Random, teams: number, field: 'from' | 'to'): object[] {
  return Array.from({ length: random.below(4) }, (_, i) => ({
    name: `rule-${String(i)}`,
    action: random.pick(['Accept', 'Deny', 'Pass']),
    [field]: [peer(random, teams, field)],
    ...(random.chance(0.2) ? {} : { protocols: [protocol(random)] }),
  }));
}

function peer(random: Random, teams: number, field: 'from' | 'to'): object {
  const kind = random.next();
  if (field === 'to' && kind < 0.2)
    return { networks: [random.pick(['0.0.0.0/0', '10.0.0.0/16', '169.254.169.254/32'])] };
  if (kind < 0.6) return { namespaces: someNamespaces(random, teams) };
  if (kind < 0.7) return { namespaces: {} };
  return {
    pods: { namespaceSelector: someNamespaces(random, teams), podSelector: component(random) },
  };
}

function protocol(random: Random): object {
  if (random.chance(0.1)) return { destinationNamedPort: 'http' };
  if (random.chance(0.1)) return { udp: { destinationPort: { number: 53 } } };
  return { tcp: { destinationPort: { number: random.pick(PORTS) } } };
}

function someNamespaces(random: Random, teams: number): object {
  return random.chance(0.3)
    ? { matchExpressions: [{ key: 'env', operator: 'In', values: ['prod', 'stage'] }] }
    : { matchLabels: { team: `team${String(random.below(teams))}` } };
}

function component(random: Random): object {
  return { matchLabels: { 'app.kubernetes.io/component': random.pick(COMPONENTS) } };
}
