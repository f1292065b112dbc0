import { groupOf, NO_TRAFFIC } from '@portolan/engine';
import { PROTOCOLS, type Protocol, rulesOf } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { Found, FindingRule } from '../../finding-rule.js';
import { profilePods } from '../../profile-pods.js';

const DNS_PORT = 53;

/** DNS over UDP without TCP, or the reverse, by all policies of the pods together. */
export const DNS_ONE_PROTOCOL: FindingRule = {
  id: 'NP307',
  name: 'dns-one-protocol',
  category: 'PORT',
  severity: 'LOW',
  description:
    'Pods whose egress is isolated may ask the DNS servers by UDP and not by TCP, or the reverse.',
  remediation: 'Admit the port with both protocols.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { analysis, rows } = context;
    const servers = dnsClasses(context);
    const seen = new Set<string>();
    for (const [, [podClass]] of rows.of('EGRESS')) {
      if (podClass === undefined || !analysis.isIsolated('EGRESS', podClass)) continue;
      const admitted = dnsTraffic(context, podClass, servers);
      if (admitted.length !== 1) continue;
      const [has] = admitted;
      for (const found of rulesWith(context, podClass, has!)) {
        const key = JSON.stringify([found.object, found.place]);
        if (seen.has(key)) continue;
        seen.add(key);
        report(found);
      }
    }
  },
};

function dnsClasses({ analysis, profile }: FindingContext): number[] {
  const { podClass } = analysis.index.pods;
  const found = new Set(profilePods(analysis, profile.dns.pods).map((pod) => podClass[pod]!));
  return [...found].filter((one) => one >= 0);
}

/** Protocols by which a class may ask. Where no server is known, those of rules that name the port. */
function dnsTraffic(
  { analysis }: FindingContext,
  podClass: number,
  servers: readonly number[],
): Protocol[] {
  const { traffic } = analysis;
  const row = analysis.rowOf('EGRESS', podClass);
  const admitted =
    servers.length > 0
      ? servers
          .map((server) => analysis.sideTraffic('EGRESS', podClass, server))
          .reduce((union, one) => traffic.union(union, one), NO_TRAFFIC)
      : analysis.rowTraffic('EGRESS', row, () => true);
  return (['TCP', 'UDP'] as const).filter((protocol) => {
    const dns = traffic.range(PROTOCOLS.indexOf(protocol), DNS_PORT, DNS_PORT);
    return traffic.intersection(admitted, dns) !== NO_TRAFFIC;
  });
}

/** Rules of the NetworkPolicies of a class that name the DNS port with a protocol. */
function* rulesWith(
  { analysis, view }: FindingContext,
  podClass: number,
  has: Protocol,
): Generator<Found> {
  const missing = has === 'UDP' ? 'TCP' : 'UDP';
  const { policy } = analysis.index.compiled;
  const row = analysis.rowOf('EGRESS', podClass);
  for (const compiled of groupOf(analysis.direction('EGRESS').rows, row)) {
    const { index, spec } = view.policy(policy[compiled]!);
    for (const [rule, { ports }] of rulesOf(spec, 'EGRESS').entries()) {
      if (ports === null) continue;
      const port = ports.findIndex(
        (one) => one.protocol === has && (one.port === DNS_PORT || one.port === 'dns'),
      );
      if (port < 0) continue;
      const value = { protocol: missing, port: DNS_PORT };
      yield {
        object: { kind: 'POLICY', index },
        place: { direction: 'EGRESS', rule, peer: null, port },
        key: `${has} only`,
        message:
          has === 'UDP'
            ? 'DNS passes by UDP alone: answers that are too long for it are asked for again by TCP 53, which no policy admits.'
            : 'DNS passes by TCP alone: most resolvers ask by UDP 53, which no policy admits.',
        severity: has === 'UDP' ? 'LOW' : 'MEDIUM',
        confidence: 'LIKELY',
        fix: {
          text: `Admit ${missing} ${String(DNS_PORT)} as well.`,
          yaml: `- protocol: ${missing}\n  port: ${String(DNS_PORT)}\n`,
          edits: [{ op: 'set', path: ['spec', 'egress', rule, 'ports', ports.length], value }],
        },
      };
    }
  }
}
