import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../relay/new-model.js';
import { ContainerPortModel } from './container-port.model.js';
import { WorkloadModel } from './workload.model.js';

/** The workload of that snapshot-wide index. */
export function toWorkloadModel(snapshot: IndexedSnapshot, index: number): WorkloadModel {
  const { view } = snapshot;
  const { namespace, name, kind, kindName, labels, ports, hostNetwork } = view.workload(index);
  const namespaceName = view.namespaceName(namespace);
  return newModel(WorkloadModel, {
    origin: { snapshot, index },
    id: encodeGlobalId({ type: 'Workload', snapshot: snapshot.row.id, index }),
    stableKey: `workload:${namespaceName}/${kindName}/${name}`,
    name,
    displayName: `${namespaceName}/${name} (${kindName})`,
    labels,
    kind,
    containerPorts: ports.map((port) =>
      newModel(ContainerPortModel, { name: port.name, port: port.port, protocol: port.protocol }),
    ),
    hostNetwork,
  });
}
