import { formatSelector, NAMESPACE_NAME_LABEL, type LabelSelector } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { isAdmittedAnyway } from '../../selectors/admitted-anyway.js';
import { selectionText } from '../../selectors/empty-selections.js';
import { rewrite } from '../../selectors/selector-manifest.js';
import { listNames, namespaceNames } from '../../selectors/selection-words.js';
import { placeOfSelection } from './place-of-selection.js';

/** A podSelector alone looks in the policy's own namespace, and its pods are in another. */
export const POD_SELECTOR_OTHER_NAMESPACE: FindingRule = {
  id: 'NP207',
  name: 'pod-selector-other-namespace',
  category: 'SELECTOR',
  severity: 'HIGH',
  description:
    'A podSelector without namespaceSelector fits nothing here, and pods of another namespace.',
  remediation: 'Add a namespaceSelector for the namespace of the pods.',
  needsCompleteSnapshot: true,
  find({ analysis, emptySelections, kindsWithUnknownPods, orPairs, selections, view }, report) {
    for (const { policy, place, rule, selection, why } of emptySelections.all) {
      if (why.kind !== 'OTHER_NAMESPACE' || place === null || rule === null) continue;
      if (emptySelections.isIdle(policy) || orPairs.has(rule, place.peer, policy.namespace))
        continue;
      const { podSelector } = selection;
      const elsewhere = selections
        .selected({ namespaceSelector: [], podSelector }, policy.namespace)
        .filter((one) => why.namespaces.includes(analysis.index.classes.namespace[one]!));
      if (elsewhere.length === 0 || isAdmittedAnyway(analysis, policy, place, elsewhere)) continue;
      const names = namespaceNames(view, why.namespaces);
      const text = 'Add a namespaceSelector beside the podSelector, in the same item.';
      report({
        ...placeOfSelection(policy, place),
        ...(kindsWithUnknownPods.length > 0
          ? { severity: 'MEDIUM', confidence: 'POSSIBLE' }
          : { confidence: 'LIKELY' }),
        key: `${place.direction} ${selectionText(selection)}`,
        message: `podSelector alone looks only in ${view.namespaceName(policy.namespace)}; pods with ${formatSelector(podSelector)} live in ${listNames(names)}. Add a namespaceSelector.`,
        fix:
          names.length === 1
            ? rewrite(text, policy, place, 'namespaceSelector', named(names))
            : { text, yaml: null, edits: [] },
      });
    }
  },
};

function named(values: readonly string[]): LabelSelector {
  return [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values }];
}
