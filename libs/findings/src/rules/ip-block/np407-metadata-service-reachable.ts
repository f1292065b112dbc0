import { NO_ROW, NO_TRAFFIC } from '@portolan/engine';
import {
  type FindingFix,
  PROTOCOLS,
  type PolicyPeer,
  type RuleMatch,
  rulesOf,
} from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule, Found } from '../../finding-rule.js';
import { ruleKey } from './internet-exposures.js';

/** Where clouds tell instances about themselves, credentials included: most clouds, tasks of Amazon ECS, Amazon by IPv6. */
const METADATA = ['169.254.169.254/32', '169.254.170.2/32', 'fd00:ec2::254/128'];
/** All of them are asked by HTTP. */
const HTTP = 80;
/** A rule for one of these networks, or a part of one, is about the metadata service. */
const LINK_LOCAL = /^(169\.254\.|fd00:ec2::254\/)/;

/**
 * Pods may ask the metadata service for the credentials of their node. Pods on the network of their node are governed by
 * nobody; of pods without isolation NP502 tells, so that this is one finding for all of them, and a lower one.
 */
export const METADATA_SERVICE_REACHABLE: FindingRule = {
  id: 'NP407',
  name: 'metadata-service-reachable',
  category: 'IP_BLOCK',
  severity: 'HIGH',
  description: 'All policies together let pods reach the metadata service of the cloud.',
  remediation: 'Except 169.254.169.254/32 (and fd00:ec2::254/128) from the blocks that have it.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const [{ policy, rule, peer }, cidrs] of admitting(context))
      report(ofRule(context, { policy, rule, peer }, cidrs));
    for (const index of context.rows.workloads(openClasses(context)))
      if (index < context.view.workloadCount)
        report({
          object: { kind: 'WORKLOAD', index },
          key: 'not isolated',
          message:
            'No policy isolates the egress, so that the metadata service of a cloud is in reach.',
          severity: 'LOW',
          confidence: 'POSSIBLE',
        });
  },
};

type Place = Pick<RuleMatch, 'policy' | 'rule' | 'peer'>;

/** Rules with the addresses of the service that they admit, in the order of the policies. */
function admitting({ analysis, addresses, rows }: FindingContext): [Place, string[]][] {
  const http = analysis.traffic.range(PROTOCOLS.indexOf('TCP'), HTTP, HTTP);
  const found = new Map<string, [Place, string[]]>();
  for (const [, [podClass]] of rows.of('EGRESS'))
    for (const cidr of METADATA) {
      const atoms = addresses.atomsOf([cidr]);
      const passes = addresses.withSome('EGRESS', podClass!, atoms);
      if (analysis.traffic.intersection(passes, http) === NO_TRAFFIC) continue;
      for (const { policy, rule, peer } of addresses.admitting('EGRESS', podClass!, atoms, http)) {
        const key = [policy, rule, peer ?? -1].join(' ');
        const known = found.get(key);
        if (known === undefined) found.set(key, [{ policy, rule, peer }, [cidr]]);
        else if (!known[1].includes(cidr)) known[1].push(cidr);
      }
    }
  return [...found.values()].sort(
    ([a], [b]) => a.policy - b.policy || a.rule - b.rule || (a.peer ?? -1) - (b.peer ?? -1),
  );
}

function ofRule({ view }: FindingContext, place: Place, cidrs: readonly string[]): Found {
  const policy = view.policy(place.policy);
  const rule = rulesOf(policy.spec, 'EGRESS')[place.rule]!;
  const peer = place.peer === null ? null : rule.peers![place.peer]!;
  const isMeant = peer?.kind === 'networks' && peer.cidrs.every((cidr) => LINK_LOCAL.test(cidr));
  const hosts = cidrs.map((cidr) => cidr.slice(0, cidr.indexOf('/'))).join(', ');
  return {
    object: { kind: 'POLICY', index: place.policy },
    place: { direction: 'EGRESS', rule: place.rule, peer: place.peer, port: null },
    key: ruleKey({ ...rule, peers: peer === null ? null : [peer] }),
    message: isMeant
      ? `Names the metadata service of the cloud: ${hosts}.`
      : `Lets pods reach the metadata service of the cloud at ${hosts}.`,
    // Who writes down networks thinks of addresses; who leaves out `to` may think of pods, and NP402 tells of it.
    severity: isMeant ? 'LOW' : peer === null ? 'MEDIUM' : 'HIGH',
    confidence: isMeant || peer === null ? 'POSSIBLE' : 'LIKELY',
    fix: fixOf(policy.kind === 'NETWORK_POLICY', place, peer, cidrs),
  };
}

function fixOf(
  isNetworkPolicy: boolean,
  { rule, peer: peerAt }: Place,
  peer: PolicyPeer | null,
  cidrs: readonly string[],
): FindingFix {
  const list = cidrs.join(', ');
  if (
    !isNetworkPolicy ||
    peer?.kind !== 'networks' ||
    peer.cidrs.some((cidr) => cidrs.includes(cidr))
  )
    return {
      text:
        peer === null
          ? `Add \`to\` with the peers that are needed, without ${list}.`
          : `Leave out ${list}.`,
      yaml: null,
      edits: [],
    };
  const value = [...peer.except, ...cidrs];
  return {
    text: `Except ${list} from the block.`,
    yaml: `except:\n${value.map((cidr) => `  - ${cidr}\n`).join('')}`,
    edits: [
      { op: 'set', path: ['spec', 'egress', rule, 'to', peerAt!, 'ipBlock', 'except'], value },
    ],
  };
}

/** Classes whose egress nobody isolates, and to which no other policy says anything. */
function openClasses({ analysis }: FindingContext): number[] {
  const found: number[] = [];
  analysis.index.egress.rowOfClass.forEach((row, one) => {
    if (row === NO_ROW && !analysis.isNode(one)) found.push(one);
  });
  return found;
}
