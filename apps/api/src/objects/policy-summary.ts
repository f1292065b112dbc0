import {
  type Direction,
  type PolicyRecord,
  type PolicyRule,
  type PolicySpec,
  type RuleAction,
  rulesOf,
} from '@portolan/model';
import { listText, peerSummary, podsText } from './peer-summary.js';
import { ruleTraffic } from './rule-traffic.js';

const VERBS: Readonly<Record<RuleAction, string>> = {
  ALLOW: 'allows',
  DENY: 'denies',
  PASS: 'passes',
};

/** A policy in plain words: its tier when it has a choice, its pods, then each direction. `namespace` null = cluster-scoped. */
export function policySummary({ spec }: PolicyRecord, namespace: string | null): string {
  const tier = spec.tier === 'NETWORK_POLICY' ? [] : [tierText(spec)];
  const sides = spec.directions.map((direction) => sideText(spec, direction, namespace));
  const rules = sides.length === 0 ? ['It has no rules.'] : sides;
  return [...tier, subjectText(spec, namespace), ...rules].join(' ');
}

function tierText({ tier, priority }: PolicySpec): string {
  const name = tier === 'ADMIN' ? 'Admin policy' : 'Baseline policy';
  return priority === null ? `${name}.` : `${name} of priority ${String(priority)}.`;
}

function subjectText({ tier, subject }: PolicySpec, namespace: string | null): string {
  const pods = podsText(subject, namespace ?? '');
  return tier === 'BASELINE'
    ? `Applies to ${pods}, where no NetworkPolicy isolates them.`
    : `Applies to ${pods}.`;
}

function sideText(spec: PolicySpec, direction: Direction, namespace: string | null): string {
  const name = direction === 'INGRESS' ? 'Ingress' : 'Egress';
  const rules = rulesOf(spec, direction);
  const texts = rules.map((rule) => ruleText(rule, direction, namespace));
  if (spec.tier === 'NETWORK_POLICY') {
    return `${name}: ${texts.length === 0 ? 'nothing is allowed' : texts.join('; or ')}.`;
  }
  const acts = rules.map(({ action }, i) => `${VERBS[action]} ${texts[i] ?? ''}`);
  return `${name}: ${acts.join('; then ')}.`;
}

function ruleText(rule: PolicyRule, direction: Direction, namespace: string | null): string {
  const preposition = direction === 'INGRESS' ? 'from' : 'to';
  return `${portsText(rule.ports)} ${preposition} ${peersText(rule, namespace)}`;
}

function peersText({ action, peers }: PolicyRule, namespace: string | null): string {
  if (peers === null) return 'anywhere, in and outside the cluster';
  const texts = peers.map((peer) => peerSummary(peer, action, namespace));
  return listText(texts, 'peers');
}

function portsText(ports: PolicyRule['ports']): string {
  if (ports === null) return 'all traffic';
  return ports.length === 0 ? 'no traffic' : ruleTraffic(ports).text;
}
