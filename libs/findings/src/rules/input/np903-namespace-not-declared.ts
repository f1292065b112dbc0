import { type LabelSelector, matchesSelector, NAMESPACE_NAME_LABEL } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';

/** A namespace without a Namespace object, of which policies ask for labels. */
export const NAMESPACE_NOT_DECLARED: FindingRule = {
  id: 'NP903',
  name: 'namespace-not-declared',
  category: 'INPUT',
  severity: 'MEDIUM',
  description: 'Policies look at the labels of a namespace whose Namespace object is not there.',
  remediation: 'Add the Namespace objects.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { analysis, view } = context;
    const { firstOfNamespace } = analysis.index.classes;
    if (!analysis.facts.someNamespaceUndeclared) return;
    if (!analysis.index.namespaceLabelsMatter && !analysis.index.subjectLabelsMatter) return;
    const names = nameSelectors(context);
    for (let index = 0; index < view.namespaceCount; index++) {
      if (!analysis.facts.isUndeclared(index)) continue;
      // Without pods there is nobody whom the labels could select.
      if (firstOfNamespace[index] === firstOfNamespace[index + 1]) continue;
      const name = new Map([[NAMESPACE_NAME_LABEL, view.namespaceName(index)]]);
      if (!names.some((selector) => matchesSelector(name, selector))) continue;
      report({
        object: { kind: 'NAMESPACE', index },
        key: '',
        message:
          'Policies select by labels of this namespace, which are unknown: only kubernetes.io/metadata.name is assumed.',
        fix: { text: 'Add the Namespace object to the input.', yaml: null, edits: [] },
      });
    }
  },
};

/** Of the selectors that look at other labels than the name: what they ask of the name. */
function nameSelectors({ policies }: FindingContext): LabelSelector[] {
  const found = new Map<string, LabelSelector>();
  const seen = new Set<LabelSelector>();
  const add = (selector: LabelSelector | null): void => {
    if (selector === null || seen.has(selector)) return;
    seen.add(selector);
    const ofName = selector.filter(({ key }) => key === NAMESPACE_NAME_LABEL);
    if (ofName.length < selector.length) found.set(JSON.stringify(ofName), ofName);
  };
  for (const { peer } of policies.peers()) if (peer.kind === 'pods') add(peer.namespaceSelector);
  for (const { spec } of policies.clusterScoped()) add(spec.subject.namespaceSelector);
  return [...found.values()];
}
