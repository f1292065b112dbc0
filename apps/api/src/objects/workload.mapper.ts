import type { EndpointRef } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { ContainerPortModel } from './container-port.model.js';
import type { ObjectOrigin } from './object-origin.js';
import { WorkloadModel } from './workload.model.js';

/** What an answer tells of a workload: enough for a row, without reading the workload. */
type WorkloadRef = Omit<Extract<EndpointRef, { readonly kind: 'workload' }>, 'kind'>;

/** The workload of that snapshot-wide index. */
export function toWorkloadModel(snapshot: IndexedSnapshot, index: number): WorkloadModel {
  const { namespace, name, kind, kindName } = snapshot.view.workload(index);
  return toReferredWorkload(snapshot, {
    index,
    namespace: snapshot.view.namespaceName(namespace),
    name,
    workloadKind: kind,
    kindName,
  });
}

/** The workload that an answer refers to. */
export function toReferredWorkload(
  snapshot: IndexedSnapshot,
  { index, namespace, name, workloadKind, kindName }: WorkloadRef,
): WorkloadModel {
  return newModel(WorkloadModel, {
    origin: { snapshot, index },
    id: encodeGlobalId({ type: 'Workload', snapshot: snapshot.row.id, index }),
    stableKey: `workload:${namespace}/${kindName}/${name}`,
    name,
    displayName: `${namespace}/${name} (${kindName})`,
    kind: workloadKind,
  });
}

/** The ports that a workload's containers declare. */
export function toContainerPortModels({ snapshot, index }: ObjectOrigin): ContainerPortModel[] {
  return snapshot.view
    .workload(index)
    .ports.map(({ name, port, protocol }) =>
      newModel(ContainerPortModel, { name, port, protocol }),
    );
}
