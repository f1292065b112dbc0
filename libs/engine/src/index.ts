export { ENGINE_VERSION } from './engine-version.js';
export { type SnapshotIndex } from './snapshot-index.js';
export { buildIndex } from './build/build-index.js';
export { buildIndexFrom } from './build/build-index-from.js';
export { Analysis } from './analysis.js';
export { contradictionOf } from './hypothetical/contradiction.js';
export { LabelledPods } from './labelled-pods.js';
export { reachableFrom, whoCanReach } from './questions/who-can-reach.js';
export { AdmittingRules, type RuleEnd } from './questions/admitting-rules.js';
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
export { blastRadius } from './questions/blast-radius/blast-radius.js';
export { exposures } from './questions/exposures/exposures.js';
export { type RefusedBackend, refusedBackends } from './questions/exposures/refused-backends.js';
export { routes } from './questions/exposures/routes.js';
export { checkAssertion } from './questions/assertions/check-assertion.js';
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
export { comparePermissions, type PermissionRelation } from './comparison/compare-permissions.js';
export type { PermissionKind } from './comparison/breaking-traffic.js';
export {
  type Counterexample,
  interferenceOf,
  LISTED_COUNTEREXAMPLES,
  type PolicyRelation,
  type PolicyRelationKind,
  relationOf,
} from './comparison/compare-policies.js';
export { hasPublicAddress, PUBLIC_CIDRS } from './questions/public-addresses.js';
export { trafficWithNetworks } from './questions/traffic-with-networks.js';
export { serviceTargets } from './services/service-targets.js';
export { egressToSupposedPod } from './hypothetical/egress-to-supposed-pod.js';
export { networkName } from './questions/network-name.js';
export { listNamespaces, type NamespaceFilter } from './lists/list-namespaces.js';
export { listPods, type PodFilter } from './lists/list-pods.js';
export { listPodsOfWorkload } from './lists/list-pods-of-workload.js';
export { listPolicies, type PolicyFilter } from './lists/list-policies.js';
export { listServices } from './lists/list-services.js';
export { listWorkloads, type WorkloadFilter } from './lists/list-workloads.js';
export { missingNamespace, missingObject, type NamedKind } from './names/missing-names.js';
export { didYouMean, nearestNames } from './names/nearest-names.js';
export { type PublicCount, RowAddresses } from './questions/row-addresses.js';
export { WholeClusterRules, trafficWithWholeCluster } from './questions/exposures/whole-cluster.js';
export {
  type PublishedService,
  PublishedServices,
} from './questions/exposures/published-services.js';
export { targetTraffic } from './services/service-ports.js';
export { ServiceSelectors } from './services/services-of-pod.js';
export { selectPods } from './questions/select-pods.js';
export { groupOf } from './sets/grouped.js';
export { FULL_TRAFFIC, NO_TRAFFIC } from './sets/traffic-sets.js';
export { NO_CLASS, NO_ROW } from './snapshot-index.js';
export {
  findRedundancy,
  type Redundancy,
  type RedundantPolicy,
  type RedundantRule,
} from './redundancy/find-redundancy.js';
export { findVacuousPolicies, type VacuousPolicy } from './redundancy/vacuous-policies.js';
export { findOverriddenRules, type OverriddenRule } from './redundancy/overridden-rules.js';
