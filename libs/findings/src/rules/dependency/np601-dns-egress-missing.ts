import type { FindingContext } from '../../finding-context.js';
import type { FindingRule, Found } from '../../finding-rule.js';
import { classesOf } from './admitted.js';
import type { DnsReach } from './dns-reach.js';
import { isServer, selectionText } from './dns-servers.js';

/** Pods that may send something, but no DNS queries. */
export const DNS_EGRESS_MISSING: FindingRule = {
  id: 'NP601',
  name: 'dns-egress-missing',
  category: 'DEPENDENCY',
  severity: 'HIGH',
  description: 'Policies keep the pods of a workload from the DNS servers of the cluster.',
  remediation: 'Allow egress to the DNS servers, UDP and TCP 53.',
  needsCompleteSnapshot: true,
  find(context, report) {
    if (context.profile.isEnforced === false) return;
    const { analysis, view, dns } = context;
    const { servers } = dns;
    if (servers === null) return;
    for (let index = 0; index < view.workloadCount; index++) {
      const found = worst(Array.from(classesOf(analysis, index), (one) => dns.of(one)));
      if (found === null || isServer(analysis, servers, index)) continue;
      report({
        object: { kind: 'WORKLOAD', index },
        ...textOf(context, found, servers.supposed !== null),
      });
    }
  },
};

type Fault = Exclude<DnsReach, 'ADDRESS' | 'SERVERS'>;

/** What holds for every pod of a workload; null when some pod resolves names. */
function worst(reaches: readonly DnsReach[]): Fault | null {
  const faults = reaches.filter((reach) => reach !== 'ADDRESS' && reach !== 'SERVERS');
  if (faults.length === 0 || faults.length < reaches.length) return null;
  const mildest = (['CLOSED', 'ADDRESSES_ONLY', 'REFUSED', 'MISSING'] as const).find((fault) =>
    faults.includes(fault),
  );
  return mildest ?? null;
}

function textOf(
  { profile }: FindingContext,
  fault: Fault,
  isSupposed: boolean,
): Omit<Found, 'object'> {
  const { pods } = profile.dns;
  const servers = `${selectionText(pods)}${isSupposed ? ', which are not in this snapshot' : ''}`;
  const fix = {
    text: `Allow egress to ${selectionText(pods)} on UDP 53 and TCP 53 in a policy that selects these pods.`,
    yaml: null,
    edits: [],
  };
  switch (fault) {
    case 'CLOSED':
      return {
        key: 'closed',
        message: `May send nothing at all, so it cannot resolve names either: nothing admits ${servers}. That is right where it needs no network.`,
        severity: 'LOW',
        confidence: 'POSSIBLE',
        fix,
      };
    case 'REFUSED':
      return {
        key: 'refused',
        message: `Cannot resolve names: its own policies admit the DNS servers (${servers}), but theirs do not admit it.`,
        confidence: 'LIKELY',
        fix: { ...fix, text: `Allow ingress from it in the policies of ${selectionText(pods)}.` },
      };
    case 'ADDRESSES_ONLY':
    case 'MISSING':
      return {
        key: 'missing',
        message: `Cannot resolve names: nothing admits the DNS servers (${servers}).`,
        // Who talks to addresses alone may know them by heart.
        confidence: isSupposed || fault === 'ADDRESSES_ONLY' ? 'POSSIBLE' : 'LIKELY',
        fix,
      };
  }
}
