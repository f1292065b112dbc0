import { networkName } from '@portolan/engine';
import { type EndpointRef, formatSelector } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { newModel } from '../schema/new-model.js';
import type { Endpoint } from './endpoint.js';
import { ExternalNetworkModel } from './external-network.model.js';
import { toNamespaceModel } from './namespace.mapper.js';
import { PeerClassModel } from './peer-class.model.js';
import { PodSelectionModel } from './pod-selection.model.js';
import { toPodModel } from './pod.mapper.js';
import { toServiceModel } from './service.mapper.js';
import { toReferredWorkload } from './workload.mapper.js';

/** The side of a row; its index refers to `snapshot`. */
export function toEndpointModel(snapshot: IndexedSnapshot, ref: EndpointRef): Endpoint {
  switch (ref.kind) {
    case 'workload':
      return toReferredWorkload(snapshot, ref);
    case 'pod':
      return toPodModel(snapshot, ref.index);
    case 'service':
      return toServiceModel(snapshot, ref.index);
    case 'namespace':
      return toNamespaceModel(snapshot, ref.index);
    case 'selection':
      return newModel(PodSelectionModel, {
        stableKey: `selection:${ref.text}`,
        displayName: ref.text,
        podCount: ref.pods,
      });
    case 'hypothetical': {
      const namespaceSelector = formatSelector(ref.namespaces);
      const podSelector = formatSelector(ref.pods);
      return newModel(PeerClassModel, {
        stableKey: `pods:${namespaceSelector}:${podSelector}`,
        displayName: ref.text,
        namespaceSelector,
        podSelector,
        isEntireCluster: ref.isEntireCluster,
      });
    }
    case 'external':
      return newModel(ExternalNetworkModel, {
        stableKey: `cidr:${ref.cidrs.join(',')}`,
        displayName: networkName(ref.cidrs, ref.includesInternet),
        cidrs: ref.cidrs,
        includesInternet: ref.includesInternet,
      });
  }
}
