import { isAllTraffic, type TrafficSet, trafficDifference } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { internetExposures, ruleKey, trafficText } from './internet-exposures.js';

/** A rule lets pods send to a large part of the internet. Of pods that nobody isolates NP502 tells. */
export const INTERNET_EGRESS: FindingRule = {
  id: 'NP402',
  name: 'internet-egress',
  category: 'IP_BLOCK',
  severity: 'MEDIUM',
  description:
    'All policies together let pods send to a large part of the public addresses, by this rule.',
  remediation: 'Name the networks that the pods need, or lead them through a proxy.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const dns = context.profile.dns.traffic;
    for (const { policy, at, rule, traffic } of internetExposures(context, 'EGRESS')) {
      const isDns = isWithin(traffic, dns);
      report({
        object: { kind: 'POLICY', index: policy },
        place: { direction: 'EGRESS', rule: at, peer: null, port: null },
        key: ruleKey(rule),
        message:
          rule.peers === null
            ? `Has no \`to\`: pods may send ${trafficText(traffic)} everywhere, the internet included.`
            : `Pods may send ${trafficText(traffic)} to the internet.`,
        // Everybody asks for names, and some name servers are outside.
        severity: isDns ? 'LOW' : 'MEDIUM',
        confidence: isAllTraffic(traffic) ? 'LIKELY' : 'POSSIBLE',
        fix: {
          text: isDns
            ? 'Add `to` with the DNS pods of the cluster.'
            : 'Narrow the rule to the networks and ports that are needed.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

function isWithin(traffic: TrafficSet, whole: TrafficSet): boolean {
  return trafficDifference(traffic, whole).length === 0;
}
