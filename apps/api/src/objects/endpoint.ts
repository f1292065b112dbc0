import type { ExternalNetworkModel } from './external-network.model.js';
import type { NamespaceModel } from './namespace.model.js';
import type { PeerClassModel } from './peer-class.model.js';
import type { PodSelectionModel } from './pod-selection.model.js';
import type { PodModel } from './pod.model.js';
import type { ServiceModel } from './service.model.js';
import type { WorkloadModel } from './workload.model.js';

/** The types behind the interface Endpoint. */
export type Endpoint =
  | WorkloadModel
  | PodModel
  | ServiceModel
  | NamespaceModel
  | PodSelectionModel
  | PeerClassModel
  | ExternalNetworkModel;
