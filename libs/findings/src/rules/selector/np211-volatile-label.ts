import {
  DIRECTIONS,
  formatRequirement,
  type PodSelection,
  type PolicySpec,
  type RulePlace,
  rulesOf,
} from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { type VolatileLabel, volatileLabelsOf } from '../../selectors/volatile-labels.js';
import { placeOfSelection } from './place-of-selection.js';

/** A selector asks for the value of a label that changes with the next template or release. */
export const VOLATILE_LABEL: FindingRule = {
  id: 'NP211',
  name: 'volatile-label',
  category: 'SELECTOR',
  severity: 'HIGH',
  description: 'A selector uses a label whose value changes at the next release.',
  remediation: 'Select by a label that stays, such as app.kubernetes.io/name.',
  needsCompleteSnapshot: false,
  find({ policies }, report) {
    const ofSpec = new Map<PolicySpec, readonly Volatile[]>();
    for (const policy of policies.all()) {
      const found = ofSpec.get(policy.spec) ?? volatileOf(policy.spec);
      ofSpec.set(policy.spec, found);
      for (const { place, requirement, changesWith } of found)
        report({
          ...placeOfSelection(policy, place),
          confidence: changesWith === 'template' ? 'CERTAIN' : 'LIKELY',
          key: `${place?.direction ?? 'subject'} ${formatRequirement(requirement)}`,
          message: `${formatRequirement(requirement)} changes at the next release; the ${place === null ? 'policy' : 'peer'} will then select nothing.`,
          fix: { text: 'Select by a label that stays.', yaml: null, edits: [] },
        });
    }
  },
};

interface Volatile extends VolatileLabel {
  readonly place: RulePlace | null;
}

function volatileOf(spec: PolicySpec): readonly Volatile[] {
  const found: Volatile[] = [];
  const look = (
    place: RulePlace | null,
    { namespaceSelector, podSelector }: PodSelection,
  ): void => {
    for (const label of volatileLabelsOf([...(namespaceSelector ?? []), ...podSelector]))
      found.push({ ...label, place });
  };
  look(null, spec.subject);
  for (const direction of DIRECTIONS)
    if (spec.directions.includes(direction))
      for (const [rule, { peers }] of rulesOf(spec, direction).entries())
        for (const [peer, of] of (peers ?? []).entries())
          if (of.kind === 'pods') look({ direction, rule, peer, port: null }, of);
  return found;
}
