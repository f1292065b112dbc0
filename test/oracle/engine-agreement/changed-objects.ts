import { readCluster } from '../cluster.js';
import type { KubernetesObject } from '../kubernetes.js';
import { policyKey } from './names.js';
import { flatten, nameOf, namespaceOf, withoutDuplicates } from '../workloads.js';

/** `Kind namespace/name` of every object that came, went or differs, owners of such pods included. */
export function changedObjects(
  base: readonly KubernetesObject[],
  head: readonly KubernetesObject[],
): Set<string> {
  const [before, after] = [describe(base), describe(head)];
  const changed = new Set<string>();
  for (const key of [...before.keys(), ...after.keys()])
    if (before.get(key) !== after.get(key)) changed.add(key);
  return changed;
}

function describe(objects: readonly KubernetesObject[]): Map<string, string> {
  const { policies, adminPolicies, pods, namespaceLabels } = readCluster(objects);
  const found = new Map<string, string>();
  for (const policy of [...policies, ...adminPolicies])
    found.set(policyKey(policy), JSON.stringify(policy.spec));
  for (const [name, labels] of namespaceLabels)
    found.set(`Namespace ${name}`, JSON.stringify(labels));
  for (const object of withoutDuplicates(flatten(objects))) {
    const key = `${object.kind} ${namespaceOf(object)}/${nameOf(object)}`;
    if (object.kind === 'Node')
      found.set(`Node ${nameOf(object)}`, JSON.stringify([object.metadata?.labels, object.status]));
    else if (!found.has(key)) found.set(key, JSON.stringify(object));
  }
  // An owner is what its pods are.
  for (const pod of pods) {
    const key = `${pod.owner.kind} ${pod.namespace}/${pod.owner.name}`;
    const ips = pod.ips.map(({ value }) => value.toString());
    found.set(key, (found.get(key) ?? '') + JSON.stringify({ ...pod, ips }));
  }
  return found;
}
