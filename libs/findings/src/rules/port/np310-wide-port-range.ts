import type { PolicyPort } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';

/** More ports than this in one range are wide. */
const WIDE = 1000;
/** Where systems take ports for calls and media: such ranges have to be wide. */
const DYNAMIC_PORTS = 10_000;

/** A range of ports that is much longer than what one program listens on. */
export const WIDE_PORT_RANGE: FindingRule = {
  id: 'NP310',
  name: 'wide-port-range',
  category: 'PORT',
  severity: 'LOW',
  description: 'A rule admits a range of more than 1000 ports.',
  remediation: 'Name the ports that are needed.',
  needsCompleteSnapshot: false,
  find({ policies }, report) {
    for (const { policy, direction, at, rule } of policies.rules()) {
      if (rule.action !== 'ALLOW') continue;
      for (const [portAt, { protocol, port, endPort }] of (rule.ports ?? []).entries()) {
        if (typeof port !== 'number' || endPort === null) continue;
        const count = endPort - port + 1;
        if (count <= WIDE) continue;
        report({
          object: { kind: 'POLICY', index: policy.index },
          place: { direction, rule: at, peer: null, port: portAt },
          key: `${direction} ${protocol ?? 'any'} ${String(port)}-${String(endPort)}`,
          message: `Admits ${String(count)} ports: ${protocol ?? 'any protocol'} ${String(port)} to ${String(endPort)}.`,
          severity: isDynamic(port) ? 'INFO' : 'LOW',
          confidence: 'POSSIBLE',
        });
      }
    }
  },
};

function isDynamic(first: NonNullable<PolicyPort['port']>): boolean {
  return typeof first === 'number' && first >= DYNAMIC_PORTS;
}
