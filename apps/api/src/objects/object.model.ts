import type { NamespaceModel } from './namespace.model.js';
import type { PodModel } from './pod.model.js';
import type { PolicyModel } from './policy.model.js';
import type { RouteModel } from './route.model.js';
import type { ServiceModel } from './service.model.js';
import type { WorkloadModel } from './workload.model.js';

/** The types behind the interface KubernetesObject. Their locations are found by their field resolvers. */
export type ObjectModel =
  NamespaceModel | WorkloadModel | PodModel | PolicyModel | ServiceModel | RouteModel;
