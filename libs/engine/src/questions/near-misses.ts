import {
  contains,
  type Direction,
  editDistance,
  formatRequirement,
  type IpAddress,
  type LabelSelector,
  type NearMiss,
  type NearMissReason,
  parseCidr,
  type PodRecord,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRecord,
  rulePath,
  rulesOf,
  satisfies,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';

/** Near misses that an explanation lists at most, the nearest first. */
const NEAR_MISS_LIMIT = 5;

/** The far end of a side, for telling what a rule missed. */
export interface FarEnd {
  /** Null = an address outside the cluster. */
  readonly pod: PodRecord | null;
  readonly addresses: readonly IpAddress[];
  /** Whether a policy's peer (by rule and peer index; null peer = rule without peers) admits it. */
  admits(policy: number, rule: number, peer: number | null): boolean;
}

/** What was asked, for port comparisons: `overlaps` tells whether ports of a rule admit some of it. */
export interface AskedPorts {
  readonly text: string;
  readonly protocols: readonly string[];
  overlaps(ports: readonly PolicyPort[] | null): boolean;
  /** A port of a Service that leads to what was asked, and that the ports of a rule have; null = none. */
  servicePortIn(ports: readonly PolicyPort[]): string | null;
}

interface Candidate {
  readonly miss: NearMiss;
  /** Smaller = nearer. */
  readonly distance: number;
}

/** Rules that fail in one thing only: the ports, or one thing about the peer. */
export function findNearMisses(
  analysis: Analysis,
  direction: Direction,
  policies: readonly number[],
  far: FarEnd,
  asked: AskedPorts,
): NearMiss[] {
  const candidates: Candidate[] = [];
  for (const index of policies) {
    const policy = analysis.view.policy(index);
    for (const [rule, { peers, ports }] of rulesOf(policy.spec, direction).entries()) {
      const portsMatch = asked.overlaps(ports);
      for (const [i, target] of (peers ?? [null]).entries()) {
        const peer = target === null ? null : i;
        const at = { policy: index, direction, rule, peer };
        const where = `${policy.name} ${rulePath(direction, rule, peer)}`;
        if (far.admits(index, rule, peer)) {
          if (!portsMatch)
            candidates.push({
              distance: 0,
              miss: { ...at, ...missedPorts(where, ports ?? [], asked) },
            });
        } else if (portsMatch && target !== null) {
          const missed = missedPeer(analysis, policy, target, far);
          if (missed !== null)
            candidates.push({
              distance: missed.distance,
              miss: { ...at, reason: missed.reason, detail: `${where}: ${missed.detail}` },
            });
        }
      }
    }
  }
  return candidates
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAR_MISS_LIMIT)
    .map(({ miss }) => miss);
}

function missedPorts(
  where: string,
  ports: readonly PolicyPort[],
  asked: AskedPorts,
): { reason: NearMissReason; detail: string } {
  const detail = `${where} admits ${ports.map(formatPort).join(', ')}; asked ${asked.text}`;
  const sameProtocol = ports.filter(
    ({ protocol }) => protocol === null || asked.protocols.includes(protocol),
  );
  if (sameProtocol.length === 0) return { reason: 'PROTOCOL', detail };
  const servicePort = asked.servicePortIn(sameProtocol);
  if (servicePort !== null)
    return {
      reason: 'SERVICE_PORT_USED',
      detail: `${detail}. That is ${servicePort}: rules are about the ports of pods`,
    };
  return {
    reason: sameProtocol.every(({ port }) => typeof port === 'string') ? 'PORT_NAME' : 'PORT',
    detail,
  };
}

function formatPort({ protocol, port, endPort }: PolicyPort): string {
  if (typeof port === 'string') return `${protocol ?? 'any'} port named ${port}`;
  const ports = port === null ? 'all ports' : `${port}${endPort === null ? '' : `-${endPort}`}`;
  return `${protocol ?? 'any'} ${ports}`;
}

interface Missed {
  readonly reason: NearMissReason;
  readonly detail: string;
  readonly distance: number;
}

function missedPeer(
  analysis: Analysis,
  policy: PolicyRecord,
  peer: PolicyPeer,
  { pod, addresses }: FarEnd,
): Missed | null {
  if (peer.kind === 'networks') {
    const isIn = (cidr: string): boolean =>
      addresses.some((address) => contains(parseCidr(cidr), address));
    const hole = peer.except.find(isIn);
    const network = peer.cidrs.find(isIn);
    if (network === undefined) return null;
    if (hole !== undefined) {
      const detail = `the address is in ${network}, but the rule excepts ${hole}`;
      return { reason: 'IP_EXCEPT', detail, distance: 1 };
    }
    if (pod === null || analysis.index.switches.ipBlockMatchesPods) return null;
    const detail = `the pod's address is in ${network}, but an ipBlock matches no pods here`;
    return { reason: 'IP_BLOCK_OF_POD', detail, distance: 1 };
  }
  if (peer.kind !== 'pods' || pod === null) return null;
  if (analysis.isNode(analysis.index.pods.podClass[pod.index]!)) return null;
  const inNamespace = missedNamespace(analysis, policy, peer.namespaceSelector, pod);
  const failing = unmet(pod.labels, peer.podSelector);
  if (inNamespace !== null) return failing.length === 0 ? inNamespace : null;
  const [requirement, ...others] = failing;
  if (requirement === undefined || others.length > 0) return null;
  return { reason: 'POD_LABEL', ...comparison('pod', pod.labels, requirement) };
}

function missedNamespace(
  analysis: Analysis,
  policy: PolicyRecord,
  selector: LabelSelector | null,
  pod: PodRecord,
): Missed | null {
  const namespace = analysis.view.namespace(pod.namespace);
  if (selector === null) {
    if (pod.namespace === policy.namespace) return null;
    const own = analysis.view.namespaceName(policy.namespace);
    return {
      reason: 'WRONG_NAMESPACE',
      detail: `the pod is in namespace ${namespace.name}, the rule has no namespaceSelector and so means pods of ${own}`,
      distance: 2,
    };
  }
  const failing = unmet(namespace.labels, selector);
  const [requirement, ...others] = failing;
  if (requirement === undefined) return null;
  if (others.length > 0)
    return {
      reason: 'NAMESPACE_LABEL',
      detail: `namespace ${namespace.name} lacks ${failing.map(formatRequirement).join(', ')}`,
      distance: 9,
    };
  const reason = requirement.key in namespace.labels ? 'NAMESPACE_LABEL' : 'NAMESPACE_NOT_LABELLED';
  return { reason, ...comparison(`namespace ${namespace.name}`, namespace.labels, requirement) };
}

function unmet(labels: Readonly<Record<string, string>>, selector: LabelSelector): LabelSelector {
  const map = new Map(Object.entries(labels));
  return selector.filter((requirement) => !satisfies(map, requirement));
}

function comparison(
  what: string,
  labels: Readonly<Record<string, string>>,
  requirement: LabelSelector[number],
): { detail: string; distance: number } {
  const has = Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined;
  const wants = formatRequirement(requirement);
  if (has === undefined)
    return { detail: `${what} has no label ${requirement.key}, rule wants ${wants}`, distance: 6 };
  const distance = Math.min(5, ...requirement.values.map((value) => editDistance(has, value)));
  return {
    detail: `${what} has ${requirement.key}=${has}, rule wants ${wants}`,
    distance: 1 + distance,
  };
}
