import { compareText } from '@portolan/model';
import { ownerKey, workloadKey } from '../objects/owner-keys.js';
import type { SlimEndpoints, SlimPod, SlimService, SlimWorkload } from '../objects/slim-objects.js';
import type { OwnerReference } from '../validate/object-meta.js';

/**
 * Workloads that stand under another workload, such as Jobs of a CronJob, in the order of their keys. `tops` = workloads of the
 * segment. ReplicaSets without pods are left out: a Deployment leaves many behind, and its pods name it by their hash.
 */
export function foldedWorkloads(
  workloads: readonly SlimWorkload[],
  pods: readonly SlimPod[],
  tops: ReadonlySet<SlimWorkload | null>,
): SlimWorkload[] {
  const hidden = new Map(
    workloads.filter((one) => !tops.has(one)).map((one) => [workloadKey(one), one]),
  );
  if (hidden.size === 0) return [];
  const above = (owner: OwnerReference | null): SlimWorkload | undefined =>
    owner === null ? undefined : hidden.get(ownerKey(owner));
  const kept = new Map([...hidden].filter(([, { kind }]) => kind !== 'REPLICA_SET'));
  const led = new Set<string>();
  for (const pod of pods) {
    for (let at = above(pod.owner); at !== undefined; at = above(at.owner)) {
      const key = workloadKey(at);
      if (led.has(key)) break;
      led.add(key);
      kept.set(key, at);
    }
  }
  return [...kept].sort(([a], [b]) => compareText(a, b)).map(([, workload]) => workload);
}

/**
 * EndpointSlices and Endpoints that a Service without selector has or may get, in the order of their names. Of those of
 * Services with selectors nothing is kept: the selectors say the same.
 */
export function keptEndpoints(
  endpoints: readonly SlimEndpoints[],
  services: readonly SlimService[],
): SlimEndpoints[] {
  const selecting = new Set(services.filter((one) => one.hasSelector).map(({ name }) => name));
  return endpoints
    .filter(({ service }) => !selecting.has(service))
    .sort((a, b) => compareText(a.form, b.form) || compareText(a.name, b.name));
}
