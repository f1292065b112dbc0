import { deploymentKey, ownerKey, workloadKey } from './owner-keys.js';
import type { SlimObject, SlimWorkload } from './slim-objects.js';

/** An object of a layer, counted from 0. */
export interface LayeredObject {
  readonly object: SlimObject;
  readonly layer: number;
}

/** A workload that was taken away or replaced, and the layer that did it. */
export interface ReplacedWorkload {
  readonly before: SlimWorkload;
  readonly layer: number;
}

/**
 * Objects that controllers made from a template that is no longer there: ReplicaSets and pods below a workload which a later
 * layer took away or gave another template. The workload's new template stands for them.
 */
export function staleObjects(
  replaced: Iterable<ReplacedWorkload>,
  find: (workload: SlimWorkload) => SlimWorkload | null,
  objects: readonly LayeredObject[],
): Set<SlimObject> {
  const layers = new Map<string, number>();
  for (const { before, layer } of replaced)
    if (!hasSameTemplate(before, find(before))) layers.set(keyOf(before), layer);
  const stale = new Set<SlimObject>();
  if (layers.size === 0) return stale;
  // A ReplicaSet that is found leads to its pods in the next round.
  for (let found = true; found;) {
    found = false;
    for (const { object, layer } of objects) {
      if (stale.has(object) || !ownersOf(object).some((owner) => layer < (layers.get(owner) ?? 0)))
        continue;
      stale.add(object);
      found = true;
      if (object.type === 'workload') layers.set(keyOf(object), layer + 1);
    }
  }
  return stale;
}

function keyOf(workload: SlimWorkload): string {
  return `${workload.namespace}/${workloadKey(workload)}`;
}

function ownersOf(object: SlimObject): string[] {
  if ((object.type !== 'pod' && object.type !== 'workload') || object.owner === null) return [];
  const above = object.type === 'pod' ? deploymentKey(object, object.owner) : null;
  return [ownerKey(object.owner), ...(above === null ? [] : [above])].map(
    (key) => `${object.namespace}/${key}`,
  );
}

/** Shapes are plain data whose labels are sorted. */
function hasSameTemplate(before: SlimWorkload, after: SlimWorkload | null): boolean {
  return after !== null && JSON.stringify(before.template) === JSON.stringify(after.template);
}
