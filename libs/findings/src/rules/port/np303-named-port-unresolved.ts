import type { ContainerPort, FindingFix } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import type { RuleAt } from '../../policy-rules.js';
import { destinationsOf } from './rule-destinations.js';
import { type NameAt, namesOf, nameText } from './rule-ports.js';

/** A port name that no pod has, so that it admits nothing. */
export const NAMED_PORT_UNRESOLVED: FindingRule = {
  id: 'NP303',
  name: 'named-port-unresolved',
  category: 'PORT',
  severity: 'HIGH',
  description: 'No pod that a rule is about declares a port of the name with that protocol.',
  remediation: 'Correct the name or its protocol, or declare it on the container.',
  needsCompleteSnapshot: true,
  find(context, report) {
    for (const at of context.policies.rules()) {
      const names = namesOf(at.rule);
      if (names.length === 0) continue;
      const { classes, hasAddresses } = destinationsOf(context, at);
      // Of names towards addresses NP305 tells.
      if (classes.length === 0 || hasAddresses) continue;
      for (const name of names) {
        if (classes.some((one) => context.podPorts.declared(one).named(name).length > 0)) continue;
        const others = otherProtocols(context, classes, name);
        report({
          object: { kind: 'POLICY', index: at.policy.index },
          place: { direction: at.direction, rule: at.at, peer: null, port: name.portAt },
          key: `${at.direction} ${nameText(name)}`,
          message: messageOf(name, others),
          fix: fixOf(at, name, others),
        });
      }
    }
  },
};

/** Ports of that name with other protocols. */
function otherProtocols(
  { podPorts }: FindingContext,
  classes: readonly number[],
  { name, protocol }: NameAt,
): ContainerPort[] {
  if (protocol === null) return [];
  return classes.flatMap((one) => podPorts.declared(one).named({ name, protocol: null }));
}

function messageOf(name: NameAt, others: readonly ContainerPort[]): string {
  const admits = `port ${nameText(name)}, so this admits nothing`;
  const [other] = others;
  if (other === undefined) return `No destination declares a ${admits}.`;
  return `No destination declares a ${admits}: ${name.name} is ${other.protocol} ${String(other.port)}.`;
}

function fixOf(
  { policy, direction, at }: RuleAt,
  { name, portAt }: NameAt,
  others: readonly ContainerPort[],
): FindingFix {
  const protocols = [...new Set(others.map(({ protocol }) => protocol))];
  const [protocol] = protocols;
  if (protocol === undefined || protocols.length > 1 || policy.kind !== 'NETWORK_POLICY')
    return {
      text: `Declare a port named ${name} on the container, or name the one that is meant.`,
      yaml: null,
      edits: [],
    };
  const list = direction === 'INGRESS' ? 'ingress' : 'egress';
  return {
    text: `Set the protocol to ${protocol}, which ${name} is declared with.`,
    yaml: `protocol: ${protocol}\n`,
    edits: [{ op: 'set', path: ['spec', list, at, 'ports', portAt, 'protocol'], value: protocol }],
  };
}
