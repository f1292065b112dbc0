import type { SlimPod, SlimWorkload } from './slim-objects.js';
import type { OwnerReference } from '../validate/object-meta.js';
import { workloadKindOf } from '../kinds.js';

const POD_HASH_LABEL = 'pod-template-hash';

/** Names a workload within its namespace. The group takes no part: a Deployment of `extensions` and one of `apps` are one. */
export function workloadKey({
  kind,
  kindName,
  name,
}: Pick<SlimWorkload, 'kind' | 'kindName' | 'name'>): string {
  return `${kind}/${kind === 'OTHER' ? kindName : ''}/${name}`;
}

/** The workload that an owner reference names. */
export function ownerKey({ apiVersion, kind, name }: OwnerReference): string {
  return workloadKey({ kind: workloadKindOf(apiVersion, kind), kindName: kind, name });
}

/** The Deployment above the ReplicaSet that a pod names, told by the pod's hash alone; null when the owner is none. */
export function deploymentKey(
  { labels }: Pick<SlimPod, 'labels'>,
  owner: OwnerReference,
): string | null {
  const suffix = `-${labels[POD_HASH_LABEL] ?? ''}`;
  if (workloadKindOf(owner.apiVersion, owner.kind) !== 'REPLICA_SET') return null;
  if (suffix === '-' || !owner.name.endsWith(suffix)) return null;
  const name = owner.name.slice(0, -suffix.length);
  return workloadKey({ kind: 'DEPLOYMENT', kindName: 'Deployment', name });
}
