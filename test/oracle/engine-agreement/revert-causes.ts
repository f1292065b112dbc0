import { diffSnapshots } from '@portolan/engine';
import {
  type AccessChange,
  commonTraffic,
  type EndpointRef,
  type ObjectChange,
  type SnapshotDiff,
} from '@portolan/model';
import { analyseObjects } from '../../support/analyse.js';
import type { EditedCluster } from '../arbitrary-edit.js';
import type { KubernetesObject } from '../kubernetes.js';

type Objects = readonly KubernetesObject[];

/** What is compared, by the workloads that pods belong to. */
export async function diffObjects(base: Objects, head: Objects): Promise<SnapshotDiff> {
  const [before, after] = [await analyseObjects(base), await analyseObjects(head)];
  return diffSnapshots(before.analysis, after.analysis, {
    namespaces: null,
    includeAddedAndRemovedWorkloads: true,
    groupBy: 'WORKLOAD',
  });
}

/** The head, but for some changes: their objects are as they were in the base. */
export function reverted({ base, head }: EditedCluster, causes: readonly ObjectChange[]): Objects {
  const meant = new Set(causes.map(nameOf));
  const kept = head.filter((object) => !meant.has(keyOf(object)));
  return [...kept, ...base.filter((object) => meant.has(keyOf(object)))];
}

/** Whether a difference is there again: the same ends, with some of what was opened or closed. */
export function isThere(change: AccessChange, found: SnapshotDiff): boolean {
  return found.changes.some(
    (other) =>
      endsOf(other) === endsOf(change) &&
      (commonTraffic(other.opened, change.opened).length > 0 ||
        commonTraffic(other.closed, change.closed).length > 0),
  );
}

function endsOf({ source, destination }: AccessChange): string {
  return JSON.stringify([source.ref, destination.ref].map(endName));
}

function endName(ref: EndpointRef): unknown {
  return ref.kind === 'workload' ? [ref.namespace, ref.name, ref.kindName] : ref;
}

/** `NetworkPolicy shop/web`, `Pod shop/web-1`, `Deployment shop/web`, `Namespace shop`, `Node a`. */
function nameOf({ kind, displayName }: ObjectChange): string {
  switch (kind) {
    case 'POLICY':
    case 'POD':
      return displayName;
    case 'NAMESPACE':
      return `Namespace ${displayName}`;
    case 'NODE':
      return `Node ${displayName}`;
    case 'WORKLOAD': {
      const [, name, workloadKind] = /^(.*) \((.*)\)$/.exec(displayName) ?? [];
      return `${workloadKind ?? ''} ${name ?? ''}`;
    }
  }
}

const CLUSTER_SCOPED =
  /^(?:Namespace|Node|AdminNetworkPolicy|BaselineAdminNetworkPolicy|ClusterNetworkPolicy)$/;

function keyOf({ kind, metadata }: KubernetesObject): string {
  const { namespace = 'default', name = '' } = metadata ?? {};
  return CLUSTER_SCOPED.test(kind) ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
