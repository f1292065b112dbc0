import type {
  Confidence,
  ContainerPort,
  Direction,
  FindingFix,
  PolicyPort,
  PolicyRecord,
  PolicyRule,
  Severity,
} from '@portolan/model';
import { rulesOf } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import {
  flowYaml,
  peerAsWritten,
  peerText,
  portAsWritten,
  portText,
} from '../../policy-manifest.js';
import { Effort, type SplitEffect, splitEffect, type SplitRule } from './split-rule.js';

/** Verdicts that are asked for in one snapshot. */
const EFFORT = 200_000;
/** Peers and ports that are named in a message. */
const SHOWN = 3;

/**
 * One dash too many makes two rules of one: `- from: […]` beside `- ports: […]`. Two such rules may be meant. What tells is
 * that the rule with peers is for nothing: the pods that it is about listen on no other port than those that the other rule
 * opens to everyone.
 */
export const RULE_SPLIT_BY_DASH: FindingRule = {
  id: 'NP110',
  name: 'rule-split-by-dash',
  category: 'SCHEMA',
  severity: 'HIGH',
  description: 'A rule with peers and no ports beside a rule with ports and no peers.',
  remediation: 'Join the two rules, if one was meant.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const effort = new Effort(EFFORT);
    for (const policy of context.policies.networkPolicies())
      for (const direction of policy.spec.directions)
        for (const split of splitsOf(policy, direction)) {
          const doubt = doubtOf(context, policy, split);
          const effect = doubt === null ? null : effectOf(context, policy, split, effort);
          if (doubt === null || effect === null) continue;
          const { peers, ports } = partsOf(policy, split);
          report({
            object: { kind: 'POLICY', index: policy.index },
            place: {
              direction,
              rule: Math.max(split.withPeers, split.withPorts),
              peer: null,
              port: null,
            },
            key: `${direction} ${peers} ${ports}`,
            ...doubt,
            message: `A stray "-" may have split one rule in two: ${outcome(effect, peers, ports)}. One rule would open ${ports} to ${peers} alone.`,
            fix: fixOf(context, policy, split),
          });
        }
  },
};

/** Neighbours of which one has only peers, and the other only ports. */
function splitsOf(policy: PolicyRecord, direction: Direction): SplitRule[] {
  const rules = rulesOf(policy.spec, direction);
  const found: SplitRule[] = [];
  for (let at = 0; at + 1 < rules.length; at++) {
    const [one, other] = [kindOf(rules[at]!), kindOf(rules[at + 1]!)];
    if (one === null || other === null || one === other) continue;
    const [withPeers, withPorts] = one === 'PEERS' ? [at, at + 1] : [at + 1, at];
    found.push({ policy: policy.index, direction, withPeers, withPorts });
    at++;
  }
  return found;
}

function kindOf({ peers, ports }: PolicyRule): 'PEERS' | 'PORTS' | null {
  if (peers !== null && ports === null) return 'PEERS';
  return peers === null && ports !== null ? 'PORTS' : null;
}

/** How likely it is a slip; null = it is not. */
function doubtOf(
  context: FindingContext,
  policy: PolicyRecord,
  { direction, withPeers, withPorts }: SplitRule,
): { readonly severity: Severity; readonly confidence: Confidence } | null {
  const rules = rulesOf(policy.spec, direction);
  const peers = rules[withPeers]?.peers ?? [];
  const ports = rules[withPorts]?.ports ?? [];
  const declared = destinationsOf(context, policy, direction, peers).flatMap((one) => [
    ...context.podPorts.declared(one).ports,
  ]);
  if (declared.length > 0 && declared.every((port) => ports.some((rule) => covers(rule, port))))
    return { severity: 'HIGH', confidence: 'LIKELY' };
  // "These peers, and DNS (or HTTPS) to everyone" is what egress rules often say.
  if (direction === 'EGRESS') return null;
  if (declared.length === 0) return { severity: 'HIGH', confidence: 'POSSIBLE' };
  // "All of our own namespace, and this port for everyone" is as usual.
  const isBroad = peers.some((peer) => peer.kind === 'pods' && peer.podSelector.length === 0);
  return isBroad ? null : { severity: 'LOW', confidence: 'POSSIBLE' };
}

/** Classes whose ports the rules are about. */
function destinationsOf(
  { selections }: FindingContext,
  { spec, namespace }: PolicyRecord,
  direction: Direction,
  peers: NonNullable<PolicyRule['peers']>,
): number[] {
  if (direction === 'INGRESS') return [...selections.selected(spec.subject, namespace)];
  return peers.flatMap((peer) =>
    peer.kind === 'pods' ? [...selections.selected(peer, namespace)] : [],
  );
}

function covers({ protocol, port, endPort }: PolicyPort, declared: ContainerPort): boolean {
  if (protocol !== declared.protocol) return false;
  if (port === null || port === declared.name) return true;
  return typeof port === 'number' && declared.port >= port && declared.port <= (endPort ?? port);
}

/** What the pair opens to any pod that the policy selects; null = nothing that matters. */
function effectOf(
  { analysis, selections }: FindingContext,
  { spec, namespace }: PolicyRecord,
  split: SplitRule,
  effort: Effort,
): SplitEffect | null {
  const total = { opensPorts: false, opensToPods: false, opensToAddresses: false };
  for (const subject of selections.selected(spec.subject, namespace)) {
    const effect = splitEffect(analysis, split, subject, effort);
    if (effect === null) return null;
    total.opensPorts ||= effect.opensPorts;
    total.opensToPods ||= effect.opensToPods;
    total.opensToAddresses ||= effect.opensToAddresses;
  }
  return Object.values(total).some(Boolean) ? total : null;
}

function partsOf(
  { spec }: PolicyRecord,
  { direction, withPeers, withPorts }: SplitRule,
): { peers: string; ports: string } {
  const rules = rulesOf(spec, direction);
  return {
    peers: list((rules[withPeers]?.peers ?? []).map(peerText)),
    ports: list((rules[withPorts]?.ports ?? []).map(portText)),
  };
}

function list(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN).join(', ');
  return texts.length > SHOWN ? `${shown} and others` : shown;
}

function outcome(
  { opensPorts, opensToPods, opensToAddresses }: SplitEffect,
  peers: string,
  ports: string,
): string {
  const everyone = opensToAddresses
    ? 'everyone, addresses outside the cluster included'
    : 'every pod of the cluster';
  return [
    ...(opensPorts ? [`${peers} have every port`] : []),
    ...(opensToPods || opensToAddresses ? [`${ports} is open to ${everyone}`] : []),
  ].join(', and ');
}

/** The ports go to the rule with the peers, and the other rule goes. */
function fixOf(
  context: FindingContext,
  { index, spec }: PolicyRecord,
  { direction, withPeers, withPorts }: SplitRule,
): FindingFix {
  const rules = rulesOf(spec, direction);
  const list = direction.toLowerCase();
  // As they are written: a protocol that is left out stays so.
  const isOmitted = (port: number): boolean =>
    context
      .notesOf(index)
      .some(
        (note) =>
          note.code === 'PROTOCOL_OMITTED' &&
          note.direction === direction &&
          note.rule === withPorts &&
          note.port === port,
      );
  const ports = (rules[withPorts]?.ports ?? []).map((port, at) =>
    portAsWritten(isOmitted(at) ? { ...port, protocol: null } : port),
  );
  const peers = (rules[withPeers]?.peers ?? []).map(peerAsWritten);
  const key = direction === 'INGRESS' ? 'from' : 'to';
  return {
    text: 'If one rule was meant, take out the dash before its second half.',
    yaml: `- ${key}: ${flowYaml(peers)}\n  ports: ${flowYaml(ports)}`,
    edits: [
      { op: 'set', path: ['spec', list, withPeers, 'ports'], value: ports },
      { op: 'remove', path: ['spec', list, withPorts] },
    ],
  };
}
