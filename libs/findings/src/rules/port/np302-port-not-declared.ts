import type { FindingRule } from '../../finding-rule.js';
import { destinationsOf } from './rule-destinations.js';
import { numbersOf } from './rule-ports.js';
import { ServicePortMistakes } from './service-port-mistakes.js';

/** A port that no container declares: where a container listens is its own affair, so it is a hint and no more. */
export const PORT_NOT_DECLARED: FindingRule = {
  id: 'NP302',
  name: 'port-not-declared',
  category: 'PORT',
  severity: 'INFO',
  description:
    'A rule names a port that no container of the pods it is about declares, though all of them declare ports.',
  remediation: 'Check the number, or declare the port.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { policies, podPorts } = context;
    const mistakes = new ServicePortMistakes(context);
    for (const at of policies.rules()) {
      const numbers = numbersOf(at.rule);
      if (numbers.length === 0) continue;
      const { classes, hasAddresses, isNarrow } = destinationsOf(context, at);
      if (classes.length === 0 || hasAddresses || !isNarrow) continue;
      if (!classes.every((one) => podPorts.declared(one).isKnown)) continue;
      for (const { protocol, port, portAt } of numbers) {
        if (classes.some((one) => podPorts.declared(one).has(protocol, port))) continue;
        // NP301 tells what is wrong.
        if (mistakes.find(at, protocol, port) !== null) continue;
        report({
          object: { kind: 'POLICY', index: at.policy.index },
          place: { direction: at.direction, rule: at.at, peer: null, port: portAt },
          key: `${at.direction} ${protocol} ${String(port)}`,
          message: `No container of the pods that this is about declares ${protocol} ${String(port)}.`,
          confidence: 'POSSIBLE',
        });
      }
    }
  },
};
