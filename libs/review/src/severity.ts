import {
  formatTraffic,
  type SensitivePort,
  sensitivePorts,
  type Severity,
  trafficDifference,
  type TrafficSet,
} from '@portolan/model';
import type { SeverityReason, SeverityReasonCode } from '@portolan/report';
import {
  isCrossNamespace,
  isInternetEgress,
  isInternetIngress,
  type OpenedAccess,
} from './access-facts.js';

/** A severity and what speaks for it. */
export interface Judgement {
  readonly severity: Severity;
  readonly reasons: readonly SeverityReason[];
}

/** A row that only closes something. */
export const CLOSING: Judgement = { severity: 'INFO', reasons: [] };

/** A workload that lost its isolation. */
export const UNPROTECTED: Judgement = {
  severity: 'HIGH',
  reasons: [{ code: 'lost-isolation', text: 'no NetworkPolicy isolates it any more' }],
};

/** Sensitive ports that a reason names; of more, as when everything is opened, it says how many. */
const NAMED_PORTS = 3;

/** What each reason weighs by itself. */
const WEIGHTS: Readonly<Record<SeverityReasonCode, number>> = {
  'internet-ingress': 3,
  'entire-cluster-ingress': 3,
  'lost-isolation': 3,
  'internet-egress': 2,
  'cross-namespace': 2,
  'sensitive-port': 1,
};
const BY_WEIGHT = ['LOW', 'MEDIUM', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/**
 * Judges what was opened; `fromCluster` is the part of its traffic that the whole cluster may newly send as well. The gravest
 * reason decides, and a sensitive port in its traffic makes it one step graver. A connection inside a namespace is MEDIUM with
 * such a port, and LOW without.
 */
export function judge(access: OpenedAccess, fromCluster: TrafficSet): Judgement {
  const { traffic } = access;
  const reasons: SeverityReason[] = [];
  const weights: number[] = [];
  const weigh = (weight: number, ports: TrafficSet): void => {
    weights.push(weight + (sensitivePorts(ports).length > 0 ? WEIGHTS['sensitive-port'] : 0));
  };
  const add = (code: SeverityReasonCode, text: string, ports: TrafficSet): void => {
    reasons.push({ code, text });
    weigh(WEIGHTS[code], ports);
  };
  if (isInternetIngress(access)) add('internet-ingress', 'reachable from the internet', traffic);
  if (fromCluster.length > 0)
    add('entire-cluster-ingress', clusterText(access, fromCluster), fromCluster);
  // Behind which ports of the internet something sensitive listens is not ours to say.
  const isOutside = isInternetEgress(access);
  if (isOutside) add('internet-egress', 'reaches the internet', []);
  if (isCrossNamespace(access)) add('cross-namespace', 'leads to another namespace', traffic);
  const ports = isOutside ? [] : sensitivePorts(traffic);
  if (ports.length > 0)
    reasons.push({ code: 'sensitive-port', text: `sensitive ports: ${portText(ports)}` });
  weigh(0, isOutside ? [] : traffic);
  return { severity: BY_WEIGHT[Math.max(...weights)] ?? 'CRITICAL', reasons };
}

function clusterText({ traffic }: OpenedAccess, fromCluster: TrafficSet): string {
  const text = 'reachable from the whole cluster';
  return trafficDifference(traffic, fromCluster).length === 0
    ? text
    : `${text} on ${formatTraffic(fromCluster)}`;
}

function portText(ports: readonly SensitivePort[]): string {
  const named = ports.slice(0, NAMED_PORTS).map(({ from, to, service }) => {
    const numbers = from === to ? `${from}` : `${from}-${to}`;
    return `${numbers} (${service})`;
  });
  const more = ports.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
