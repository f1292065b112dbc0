import { contradictionOf } from '@portolan/engine';
import {
  DIRECTIONS,
  formatRequirement,
  formatSelector,
  type LabelSelector,
  type PolicyPeer,
  type PolicySpec,
  type RulePlace,
  rulesOf,
} from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { placeOfSelection } from './place-of-selection.js';

/** Requirements of a selector that no labels satisfy together. */
export const CONTRADICTORY_SELECTOR: FindingRule = {
  id: 'NP210',
  name: 'contradictory-selector',
  category: 'SELECTOR',
  severity: 'HIGH',
  description: 'The requirements of a selector exclude each other.',
  remediation: 'Remove one of the requirements. For one label or the other, write two items.',
  needsCompleteSnapshot: false,
  find({ policies }, report) {
    const ofSpec = new Map<PolicySpec, readonly Contradiction[]>();
    for (const policy of policies.all()) {
      const { spec } = policy;
      const found = ofSpec.get(spec) ?? contradictionsOf(spec);
      ofSpec.set(spec, found);
      for (const { place, because } of found)
        report({
          ...placeOfSelection(policy, place),
          key: `${place?.direction ?? 'subject'} ${formatSelector(because)}`,
          message: `Can never match: ${because.map(formatRequirement).join(' and ')}.`,
          fix: {
            text: 'Remove one of them. To select by one or the other, use In with several values, or two items.',
            yaml: null,
            edits: [],
          },
        });
    }
  },
};

interface Contradiction {
  /** Null = the subject. */
  readonly place: RulePlace | null;
  readonly because: LabelSelector;
}

function contradictionsOf(spec: PolicySpec): readonly Contradiction[] {
  const found: Contradiction[] = [];
  const look = (place: RulePlace | null, peer: PolicyPeer): void => {
    const because = becauseOf(peer);
    if (because !== null) found.push({ place, because });
  };
  look(null, { kind: 'pods', ...spec.subject });
  for (const direction of DIRECTIONS)
    if (spec.directions.includes(direction))
      for (const [rule, { peers }] of rulesOf(spec, direction).entries())
        for (const [peer, of] of (peers ?? []).entries())
          look({ direction, rule, peer, port: null }, of);
  return found;
}

function becauseOf(peer: PolicyPeer): LabelSelector | null {
  if (peer.kind === 'nodes') return contradictionOf('pod', peer.selector);
  if (peer.kind !== 'pods') return null;
  const ofNamespaces = contradictionOf('namespace', peer.namespaceSelector ?? []);
  return ofNamespaces ?? contradictionOf('pod', peer.podSelector);
}
