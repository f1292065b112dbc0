import { describeService, type ServiceDescription } from '@portolan/engine';
import { formatSelector } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { ObjectOrigin } from './object-origin.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { ServicePortModel } from './service-port.model.js';
import { ServiceModel } from './service.model.js';

/** The Service of that snapshot-wide index. */
export function toServiceModel(snapshot: IndexedSnapshot, index: number): ServiceModel {
  const { namespace, name, labels, spec } = snapshot.view.services.at(index);
  const path = `${snapshot.view.namespaceName(namespace)}/${name}`;
  return newModel(ServiceModel, {
    origin: { snapshot, index },
    id: encodeGlobalId({ type: 'Service', snapshot: snapshot.row.id, index }),
    stableKey: `service:${path}`,
    name,
    displayName: `${path} (Service)`,
    labels,
    type: spec.type,
    headless: spec.headless,
    selector: spec.selector === null ? null : formatSelector(spec.selector),
    clusterIPs: spec.clusterIPs,
    externalIPs: spec.externalIPs,
    loadBalancerIPs: spec.loadBalancerIPs,
    loadBalancerSourceRanges: spec.sourceRanges,
    externalName: spec.externalName,
  });
}

/** What fields of one object share: it takes a walk over the pods of a namespace. */
const described = new WeakMap<ObjectOrigin, ServiceDescription>();

/** What stands behind a Service. */
export function behindService(origin: ObjectOrigin): ServiceDescription {
  let found = described.get(origin);
  if (found === undefined) {
    found = describeService(origin.snapshot.analysis, origin.index);
    described.set(origin, found);
  }
  return found;
}

/** Where the ports of a Service lead. */
export function toServicePortModels(origin: ObjectOrigin): ServicePortModel[] {
  return behindService(origin).ports.map(({ port, podPorts }) =>
    newModel(ServicePortModel, {
      name: port.name,
      servicePort: port.port,
      targetPort: String(port.targetPort),
      resolvedPodPorts: podPorts,
      protocol: port.protocol,
      nodePort: port.nodePort,
    }),
  );
}
