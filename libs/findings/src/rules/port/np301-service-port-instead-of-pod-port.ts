import { servicePortName } from '@portolan/model';
import type { FindingFix } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import type { RuleAt } from '../../policy-rules.js';
import { ServicePortMistakes, type ServicePortMistake } from './service-port-mistakes.js';
import { numbersOf } from './rule-ports.js';

/** A rule has the port of a Service, and the pods behind it listen on another one. */
export const SERVICE_PORT_INSTEAD_OF_POD_PORT: FindingRule = {
  id: 'NP301',
  name: 'service-port-instead-of-pod-port',
  category: 'PORT',
  severity: 'HIGH',
  description:
    'A rule names the port of a Service, and no pod that the rule is about listens there: the Service leads to another port.',
  remediation: 'Write the port on which the pods listen.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const { policies, view } = context;
    if (view.services.count === 0) return;
    const mistakes = new ServicePortMistakes(context);
    for (const at of policies.rules())
      for (const { protocol, port, portAt } of numbersOf(at.rule)) {
        const mistake = mistakes.find(at, protocol, port);
        if (mistake === null) continue;
        const { service, targets, isDeclared } = mistake;
        const name = `${view.namespaceName(service.namespace)}/${service.name}`;
        report({
          object: { kind: 'POLICY', index: at.policy.index },
          place: { direction: at.direction, rule: at.at, peer: null, port: portAt },
          key: `${at.direction} ${servicePortName({ ...mistake.port, name: null })} ${name}`,
          message: `Policies see the ports of pods: Service ${name} leads ${protocol} ${String(port)} to ${targets.join(', ')} of its pods, and the rules do not admit that.`,
          confidence: isDeclared ? 'CERTAIN' : 'LIKELY',
          fix: fixOf(at, portAt, mistake),
        });
      }
  },
};

function fixOf(
  { policy, direction, at }: RuleAt,
  portAt: number,
  { targets, port: { targetPort } }: ServicePortMistake,
): FindingFix {
  const text = `Write ${targets.join(', ')} in place of the port of the Service.`;
  const value = typeof targetPort === 'string' ? targetPort : targets[0];
  if (targets.length !== 1 || policy.kind !== 'NETWORK_POLICY')
    return { text, yaml: null, edits: [] };
  const list = direction === 'INGRESS' ? 'ingress' : 'egress';
  const path = ['spec', list, at, 'ports', portAt, 'port'];
  return { text, yaml: `port: ${String(value)}\n`, edits: [{ op: 'set', path, value }] };
}
