import type { FindingRule } from '../../finding-rule.js';
import { destinationsOf } from './rule-destinations.js';
import { namesOf, nameText } from './rule-ports.js';

/** A named port towards addresses: only pods have port names. */
export const NAMED_PORT_WITHOUT_POD: FindingRule = {
  id: 'NP305',
  name: 'named-port-without-pod',
  category: 'PORT',
  severity: 'HIGH',
  description:
    'An egress rule names a port by name and its peers are addresses, or it has no peers.',
  remediation: 'Write the number of the port.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const { policies, analysis, isComplete } = context;
    for (const at of policies.rules()) {
      if (at.direction !== 'EGRESS') continue;
      const names = namesOf(at.rule);
      if (names.length === 0) continue;
      const { hasAddresses, classes } = destinationsOf(context, at);
      if (!hasAddresses) continue;
      const everyone = at.rule.peers === null;
      for (const name of names) {
        const resolving = everyone ? [...Array(analysis.index.classes.count).keys()] : classes;
        const isSomewhere = resolving.some(
          (one) => context.podPorts.declared(one).named(name).length > 0,
        );
        report({
          object: { kind: 'POLICY', index: at.policy.index },
          place: { direction: 'EGRESS', rule: at.at, peer: null, port: name.portAt },
          key: nameText(name),
          message: isSomewhere
            ? `Port ${nameText(name)} is that of pods: to addresses outside the cluster this admits nothing.`
            : `Addresses have no port names, and no pod has one ${nameText(name)}: this admits nothing.`,
          // Without peers it may be that pods are all that is meant.
          severity: everyone
            ? isSomewhere || !isComplete
              ? 'LOW'
              : 'HIGH'
            : isSomewhere
              ? 'MEDIUM'
              : 'HIGH',
          confidence: everyone ? 'POSSIBLE' : isSomewhere ? 'LIKELY' : 'CERTAIN',
          fix: { text: `Write the number in place of ${name.name}.`, yaml: null, edits: [] },
        });
      }
    }
  },
};
