import type { FindingRule } from '../../finding-rule.js';
import { isAdmittedAnyway } from '../../selectors/admitted-anyway.js';
import { selectionText } from '../../selectors/empty-selections.js';
import { listNames, workloadNames } from '../../selectors/selection-words.js';
import { placeOfSelection } from './place-of-selection.js';

/** A peer fits pods of the host network alone, whose traffic has the addresses of their nodes. */
export const HOST_NETWORK_PEER: FindingRule = {
  id: 'NP213',
  name: 'host-network-peer',
  category: 'SELECTOR',
  severity: 'MEDIUM',
  description: 'A peer fits nobody but pods that use the network of their node.',
  remediation: 'Admit the addresses of the nodes by an ipBlock.',
  needsCompleteSnapshot: true,
  find({ analysis, emptySelections }, report) {
    for (const { policy, place, rule, selection, why } of emptySelections.all) {
      if (place === null || why.kind !== 'HOST_NETWORK' || emptySelections.isIdle(policy)) continue;
      // A range of addresses beside it may be that of the nodes.
      if (rule?.peers?.some(({ kind }) => kind === 'networks' || kind === 'nodes')) continue;
      if (isAdmittedAnyway(analysis, policy, place, why.classes)) continue;
      const names = workloadNames(analysis, why.classes);
      report({
        ...placeOfSelection(policy, place),
        confidence: 'LIKELY',
        key: `${place.direction} ${selectionText(selection)}`,
        message: `Traffic of ${listNames(names)} has the addresses of nodes; most implementations will not match this selector.`,
        fix: {
          text: 'Name the addresses of the nodes in an ipBlock.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};
