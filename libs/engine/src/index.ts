export { ENGINE_VERSION } from './engine-version.js';
export { type SnapshotIndex } from './snapshot-index.js';
export { buildIndex } from './build/build-index.js';
export { Analysis } from './analysis.js';
export { contradictionOf } from './hypothetical/contradiction.js';
export { LabelledPods } from './labelled-pods.js';
export { reachableFrom, whoCanReach } from './questions/who-can-reach.js';
export { canReach } from './questions/can-reach.js';
export { displayName, explanationText, type LocateRule } from './questions/explanation-text.js';
export {
  type AccessTriple,
  allowedAccess,
  type ExportedAccess,
  exportAccess,
  exportCaveats,
} from './questions/allowed-access.js';
export {
  describeService,
  type ServiceDescription,
  servicesOfWorkload,
} from './services/describe-service.js';
export { exposures } from './questions/exposures/exposures.js';
export { routes } from './questions/exposures/routes.js';
export { isCheap } from './questions/is-cheap.js';
export {
  type Isolation,
  namespaceIsolation,
  peerWorkloads,
  policiesSelecting,
  policySubjects,
  workloadIsolation,
} from './questions/isolation.js';
export { detectProfile } from './profile/detect-profile.js';
export { profileOf } from './profile/profile-of.js';
export { resolveProfile } from './profile/resolve-profile.js';
export { diffSnapshots } from './diff/diff-snapshots.js';
export { hasPublicAddress, PUBLIC_CIDRS } from './questions/public-addresses.js';
export { networkName } from './questions/network-name.js';
export { listNamespaces, type NamespaceFilter } from './lists/list-namespaces.js';
export { listPods, type PodFilter } from './lists/list-pods.js';
export { listPodsOfWorkload } from './lists/list-pods-of-workload.js';
export { listPolicies, type PolicyFilter } from './lists/list-policies.js';
export { listServices } from './lists/list-services.js';
export { listWorkloads, type WorkloadFilter } from './lists/list-workloads.js';
export { missingNamespace, missingObject, type NamedKind } from './names/missing-names.js';
export { didYouMean, nearestNames } from './names/nearest-names.js';
