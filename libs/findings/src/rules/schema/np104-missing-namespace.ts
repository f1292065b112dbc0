import type { SnapshotView } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { inputOfKind, isAboutPolicy } from '../../problem-object.js';

const DEFAULT_NAMESPACE = 'default';

/**
 * Objects without a namespace beside others that have one. Where no object has one the folder is rendered for whatever
 * namespace it is applied to, and nothing is missing.
 */
export const MISSING_NAMESPACE: FindingRule = {
  id: 'NP104',
  name: 'missing-namespace',
  category: 'SCHEMA',
  severity: 'LOW',
  description: 'Objects without metadata.namespace beside others that have one.',
  remediation: 'Write the namespace, or upload what is rendered for one namespace alone.',
  needsCompleteSnapshot: false,
  find(context, report) {
    let isMixed: boolean | null = null;
    for (const problem of context.problems) {
      if (problem.code !== 'DEFAULT_NAMESPACE' || problem.outcome !== 'INDEXED') continue;
      isMixed ??= hasNamespacedObjects(context);
      if (!isMixed) return;
      const isPolicy = isAboutPolicy(problem);
      report({
        object: inputOfKind(problem),
        path: 'metadata.namespace',
        key: '',
        severity: isPolicy ? 'LOW' : 'INFO',
        message: `No namespace is given: analysed in ${DEFAULT_NAMESPACE}. ${isPolicy ? 'Applied elsewhere it protects other pods.' : 'Applied elsewhere other policies hold for it.'}`,
        fix: { text: 'Write metadata.namespace.', yaml: null, edits: [] },
      });
    }
  },
};

/** Whether something lies in another namespace than the one that is taken where none is given. */
function hasNamespacedObjects({ view }: FindingContext): boolean {
  for (let namespace = 0; namespace < view.namespaceCount; namespace++)
    if (view.namespaceName(namespace) !== DEFAULT_NAMESPACE && hasObjects(view, namespace))
      return true;
  return false;
}

function hasObjects(view: SnapshotView, namespace: number): boolean {
  const { columns } = view.segment(namespace);
  return [
    columns.workloadNames,
    columns.policyNames,
    columns.serviceNames,
    columns.routeNames,
  ].some(({ length }) => length > 0);
}
