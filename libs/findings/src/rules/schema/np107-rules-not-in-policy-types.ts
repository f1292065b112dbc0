import { DIRECTIONS, type PolicyRule, rulesOf } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { typesAsWritten } from '../../policy-manifest.js';

/** Rules of a direction that `policyTypes` leaves out: nobody looks at them. */
export const RULES_NOT_IN_POLICY_TYPES: FindingRule = {
  id: 'NP107',
  name: 'rules-not-in-policy-types',
  category: 'SCHEMA',
  severity: 'HIGH',
  description: 'A policy has rules of a direction that its policyTypes leave out.',
  remediation: 'Add the direction to policyTypes, or remove the rules.',
  needsCompleteSnapshot: false,
  find({ analysis, policies, selections }, report) {
    for (const { index, namespace, spec } of policies.networkPolicies()) {
      if (spec.directions.length === DIRECTIONS.length) continue;
      for (const direction of DIRECTIONS) {
        const rules = rulesOf(spec, direction);
        if (rules.length === 0 || spec.directions.includes(direction)) continue;
        const [type = ''] = typesAsWritten([direction]);
        const list = type.toLowerCase();
        // Allowing everything to pods that nothing isolates changes nothing.
        const isIdle =
          rules.some(allowsEverything) &&
          selections
            .selected(spec.subject, namespace)
            .every((one) => !analysis.isIsolated(direction, one));
        report({
          object: { kind: 'POLICY', index },
          place: { direction, rule: 0, peer: null, port: null },
          path: `spec.${list}`,
          key: direction,
          severity: isIdle ? 'LOW' : 'HIGH',
          message: `The ${list} rules have no effect: policyTypes lists only ${typesAsWritten(spec.directions).join()}.`,
          fix: {
            text: `If the rules are meant, add ${type}: what they do not allow is denied then. Else remove them.`,
            yaml: 'policyTypes: [Ingress, Egress]',
            edits: [{ op: 'set', path: ['spec', 'policyTypes'], value: ['Ingress', 'Egress'] }],
          },
        });
      }
    }
  },
};

function allowsEverything({ peers, ports }: PolicyRule): boolean {
  return peers === null && ports === null;
}
