import type { Analysis } from '@portolan/engine';
import {
  formatSelector,
  type PodSelection,
  type PolicyRecord,
  type PolicyRule,
  type RuleAction,
  type SnapshotView,
} from '@portolan/model';

/** Names that a message lists at most. */
const MOST_NAMES = 3;

/** Where a selection looks: `shop`, `any namespace`, `a namespace with team=a`. */
export function scopeText(
  view: SnapshotView,
  { namespaceSelector }: PodSelection,
  { namespace }: PolicyRecord,
): string {
  if (namespaceSelector === null && namespace >= 0) return view.namespaceName(namespace);
  if (namespaceSelector === null || namespaceSelector.length === 0) return 'any namespace';
  return `a namespace with ${formatSelector(namespaceSelector)}`;
}

/** What a rule does with its peers: `admits`. */
export function actionVerb({ action }: Pick<PolicyRule, 'action'>): string {
  const verbs: Readonly<Record<RuleAction, string>> = {
    ALLOW: 'admits',
    DENY: 'denies',
    PASS: 'passes on',
  };
  return verbs[action];
}

/** `a`, `a and b`, `a, b, c and 4 more`. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  const more = names.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  const [last = ''] = all.slice(-1);
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}

/** Names of the workloads that have pods in classes: `DaemonSet monitoring/node-exporter`. */
export function workloadNames({ view, index }: Analysis, classes: Iterable<number>): string[] {
  const { offsets, items } = index.classes.pods;
  const workloads = new Set<number>();
  for (const one of classes)
    for (const pod of items.subarray(offsets[one], offsets[one + 1]))
      if (pod < view.podCount) workloads.add(index.pods.podWorkload[pod]!);
  return [...workloads]
    .sort((a, b) => a - b)
    .map((workload) => {
      const { namespace, name, kindName } = view.workloadIdentity(workload);
      return `${kindName} ${namespace}/${name}`;
    });
}

/** Names of namespaces. */
export function namespaceNames(view: SnapshotView, namespaces: readonly number[]): string[] {
  return namespaces.map((namespace) => view.namespaceName(namespace));
}
