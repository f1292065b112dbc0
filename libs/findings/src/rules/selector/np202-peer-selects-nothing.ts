import { formatSelector, type LabelSelector } from '@portolan/model';
import type { FindingRule, Found } from '../../finding-rule.js';
import {
  type EmptySelection,
  type EmptySelections,
  selectionText,
} from '../../selectors/empty-selections.js';
import { operatorCaveat } from '../../selectors/operator-pods.js';
import { actionVerb, scopeText } from '../../selectors/selection-words.js';
import { placeOfSelection } from './place-of-selection.js';

/** No pod in the scope of a peer has its labels. Told only of policies that have a subject. */
export const PEER_SELECTS_NOTHING: FindingRule = {
  id: 'NP202',
  name: 'peer-selects-nothing',
  category: 'SELECTOR',
  severity: 'MEDIUM',
  description: 'The podSelector of a peer fits no pod where it looks.',
  remediation: 'Correct the labels, or remove the peer.',
  needsCompleteSnapshot: true,
  find({ emptySelections, kindsWithUnknownPods, orPairs, view }, report) {
    for (const empty of emptySelections.all) {
      const { policy, place, rule, selection, why } = empty;
      if (place === null || rule === null || why.kind !== 'NOBODY') continue;
      if (emptySelections.isIdle(policy) || orPairs.has(rule, place.peer, policy.namespace))
        continue;
      const selector = formatSelector(selection.podSelector);
      report({
        ...placeOfSelection(policy, place),
        ...weightOf(empty, emptySelections, kindsWithUnknownPods.length > 0),
        key: `${place.direction} ${selectionText(selection)}`,
        message: `${emptySelections.hasOtherPeer(empty) ? 'Peer' : 'Rule'} ${actionVerb(rule)} nobody: no pod in ${scopeText(view, selection, policy)} has ${selector}.${operatorCaveat(kindsWithUnknownPods)}`,
        fix: {
          text: 'Write the labels that the pods have, or remove the peer. Where pods with these labels are still to come, nothing has to be done.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

/**
 * Among others a peer is often one of several that may be there; a denial is often made before there is somebody to deny;
 * and some labels are for clients that are still to come.
 */
function weightOf(
  empty: EmptySelection,
  emptySelections: EmptySelections,
  hasUnknownPods: boolean,
): Pick<Found, 'severity' | 'confidence'> {
  const isExpected =
    hasUnknownPods ||
    empty.rule?.action !== 'ALLOW' ||
    isForClients(empty.selection.podSelector) ||
    emptySelections.hasOtherPeer(empty);
  return isExpected
    ? { severity: 'LOW', confidence: 'POSSIBLE' }
    : { severity: 'MEDIUM', confidence: 'LIKELY' };
}

/** `role: client`, `redis-client: "true"`: pods take such labels to be let in. */
function isForClients(selector: LabelSelector): boolean {
  return selector.some(
    ({ key, values }) =>
      /client$|^(?:allow|access)/.test(key) || /client$|^true$/.test(values[0] ?? ''),
  );
}
