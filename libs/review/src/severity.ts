import type { Severity, SeverityReason, SeverityReasonCode } from '@portolan/report';
import {
  isCrossNamespace,
  isInternetEgress,
  isInternetIngress,
  type OpenedAccess,
} from './access-facts.js';
import { type SensitivePort, sensitivePorts } from './sensitive-ports.js';

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
 * Judges what was opened. The gravest reason decides, and a sensitive port makes it one step graver: but for a connection
 * inside a namespace, which is MEDIUM with one and LOW without.
 */
export function judge(access: OpenedAccess, isFromEntireCluster: boolean): Judgement {
  const reasons: SeverityReason[] = [];
  const add = (code: SeverityReasonCode, text: string): void => {
    reasons.push({ code, text });
  };
  if (isInternetIngress(access)) add('internet-ingress', 'reachable from the internet');
  if (isFromEntireCluster) add('entire-cluster-ingress', 'reachable from the whole cluster');
  if (isInternetEgress(access)) add('internet-egress', 'reaches the internet');
  if (isCrossNamespace(access)) add('cross-namespace', 'leads to another namespace');
  const ports = isInternetEgress(access) ? [] : sensitivePorts(access.traffic);
  if (ports.length > 0) add('sensitive-port', `sensitive ports: ${portText(ports)}`);
  const gravest = Math.max(
    0,
    ...reasons.filter(({ code }) => code !== 'sensitive-port').map(({ code }) => WEIGHTS[code]),
  );
  const weight = gravest + (ports.length > 0 ? WEIGHTS['sensitive-port'] : 0);
  return { severity: BY_WEIGHT[weight] ?? 'CRITICAL', reasons };
}

function portText(ports: readonly SensitivePort[]): string {
  const named = ports.slice(0, NAMED_PORTS).map(({ from, to, service }) => {
    const numbers = from === to ? `${from}` : `${from}-${to}`;
    return `${numbers} (${service})`;
  });
  const more = ports.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
