export { assertUnreachable, invariant } from './invariant.js';
export { editDistance } from './edit-distance.js';
export {
  type AddressFamily,
  type Cidr,
  compareWords,
  formatAddress,
  formatCidr,
  type IpAddress,
  lastWords,
  maskCidr,
  nextWords,
  parseAddress,
  parseCidr,
  previousWords,
  rangeToCidrs,
  wordCount,
  commonCidr,
  contains,
  countAddresses,
  distinctAddresses,
} from './address.js';
export { cidrDifference } from './cidr-difference.js';
export {
  ALL_TRAFFIC,
  formatTraffic,
  isAllTraffic,
  MAX_PORT,
  MIN_PORT,
  type PortRange,
  type Protocol,
  PROTOCOLS,
  type TrafficSet,
} from './traffic.js';
export { commonTraffic, trafficDifference } from './traffic-difference.js';
export {
  compareText,
  formatRequirement,
  formatSelector,
  type Labels,
  type LabelSelector,
  matchesSelector,
  NAMESPACE_NAME_LABEL,
  normalizeSelector,
  type Requirement,
  satisfies,
  SELECTOR_OPERATORS,
  type SelectorOperator,
} from './selector.js';
export { isLabelKey, isLabelValue, parseSelector } from './selector-syntax.js';
export {
  type Direction,
  DIRECTIONS,
  type NetworksPeer,
  type NodesPeer,
  type PodPeer,
  type PodSelection,
  POLICY_KINDS,
  POLICY_TIERS,
  type PolicyKind,
  policyKindName,
  policyName,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  type PolicySpec,
  policySpecJson,
  type PolicyTier,
  RULE_ACTIONS,
  type RuleAction,
  rulePath,
  rulesOf,
} from './policy.js';
export {
  SERVICE_TYPES,
  type ServiceEndpoints,
  type ServicePort,
  servicePortName,
  type ServiceSpec,
  serviceSpecJson,
  type ServiceType,
} from './service.js';
export {
  type GatewayListener,
  type GatewaySpec,
  type RouteBackend,
  type RouteKind,
  routeKindName,
  type RouteSpec,
} from './route.js';
export {
  type BackendState,
  type Exposure,
  EXPOSURE_LEVELS,
  type ExposureLevel,
  type ExposurePage,
  type ExposurePath,
  type ExposurePathKind,
  type ExposuresQuestion,
  type IngressControllers,
  type PathStatus,
  type RoutePage,
  type RoutesQuestion,
  type RouteState,
} from './exposure.js';
export { type SpecRecord } from './spec-objects.js';
export {
  DEFAULT_SWITCHES,
  HOST_NETWORK_HANDLINGS,
  type HostNetworkHandling,
  OTHER_PROTOCOL_HANDLINGS,
  type OtherProtocolHandling,
  type PolicySwitches,
  PRIORITY_TIES,
  type PriorityTie,
  switchesKey,
} from './policy-switches.js';
export {
  type ClusterProfile,
  type NamespaceLabelling,
  type Detection,
  type DetectionConfidence,
  type DetectionReason,
  type PolicyEnforcement,
  type ProfileSettings,
  type WorkloadSelector,
  type DnsProfile,
} from './cluster-profile.js';
export {
  isAgentWithOptions,
  isPluginResource,
  type NetworkPlugin,
  PLUGIN_RESOURCES,
} from './network-plugins.js';
export {
  type ColumnBlock,
  ColumnBlockWriter,
  columnStarts,
  type RawBlock,
  readColumnBlock,
} from './column-block.js';
export { TextTable } from './text-table.js';
export { decodeUtf8 } from './utf8.js';
export { keepPolicies } from './keep-policies.js';
export { type LaidPolicies, layPolicies } from './lay-policies.js';
export {
  ADDRESS_WORDS,
  OBJECT_SOURCE_WORDS,
  POD_FLAGS,
  SPEC_KINDS,
  SEGMENT_COLUMNS,
  type SegmentColumn,
  type SnapshotPart,
  SOURCE_COLUMNS,
  type SourceColumn,
  type SpecKind,
  type StoredBlock,
  WORKLOAD_FLAGS,
  WORKLOAD_KINDS,
  type WorkloadKind,
  type ClusterTexts,
} from './segment.js';
export {
  type ContainerPort,
  type NamespaceRecord,
  type NodeRecord,
  type PodRecord,
  type PolicyRecord,
  type WorkloadRecord,
} from './records.js';
export { type HypotheticalPod } from './hypothetical-pod.js';
export { addressesAt, labelsAt, portsAt, type Segment } from './segment-records.js';
export { haveSamePods } from './same-pods.js';
export { policySpecs } from './policy-specs.js';
export { type SegmentBytes, SnapshotView } from './snapshot-view.js';
export { API_CLIENT_WORDS, apiClients } from './api-client.js';
export {
  type ApiServerCall,
  apiServerCallJson,
  apiServerCalls,
  type ApiServerCallerKind,
} from './api-server-call.js';
export { type IgnoreAt, type SourcedKind, SourceView } from './source-view.js';
export {
  POLICY_NOTE_WORDS,
  type PolicyNote,
  policyNoteAt,
  policyNoteWords,
} from './policy-notes.js';
export {
  ANNOTATED_KINDS,
  type AnnotatedKind,
  IGNORE_ANNOTATION,
  IGNORE_WORDS,
  type IgnoreEntry,
  parseIgnore,
  type Suppression,
} from './suppression.js';
export {
  type InputOutcome,
  type Problem,
  PROBLEM_CODES,
  type ProblemCode,
  type ProblemSeverity,
  type SkippedKind,
  type SnapshotStats,
  type SourceLocation,
} from './problem.js';
export { countProblems, type ProblemCounts } from './problem-counts.js';
export { type SnapshotContent } from './snapshot-content.js';
export {
  type AllowedAccessQuestion,
  ANY_TRAFFIC,
  type CanReachQuestion,
  DEFAULT_PEER_SCOPE,
  type DiffOptions,
  type EndpointGrouping,
  type EndpointSelection,
  GROUPINGS,
  type PageRequest,
  type PeerScope,
  type PeersQuestion,
  type TrafficQuery,
} from './question.js';
export {
  type AccessChange,
  type AccessChangeKind,
  type AccessPage,
  type AccessReason,
  type AccessReasonCode,
  type AllowedAccess,
  type Asked,
  type Caveat,
  CAVEAT_CODES,
  type CaveatCode,
  type ChangedEndpoint,
  type ChangedObjectKind,
  type DiffSummary,
  type EndpointRef,
  type NearMiss,
  type NearMissReason,
  type ObjectChange,
  type QuestionProblem,
  type ReachabilityAnswer,
  type RuleMatch,
  type RuleRef,
  type SideExplanation,
  type SnapshotDiff,
  type Verdict,
} from './answer.js';
export {
  type AccessAssertion,
  type AssertedEnd,
  type AssertionAnswer,
  ASSERTION_KINDS,
  type AssertionKind,
  type Offence,
  OFFENCE_KINDS,
  type OffenceKind,
  type OffenceList,
} from './assertion.js';
export { type BlastRadius, type BlastRadiusQuestion } from './blast-radius.js';
export { type SensitivePort, sensitivePorts } from './sensitive-ports.js';
export { isAtLeast, SEVERITIES, type Severity } from './severity.js';
export {
  type Confidence,
  CONFIDENCES,
  type Finding,
  FINDING_CATEGORIES,
  type FindingCategory,
  type FindingFix,
  type FindingObject,
  type FindingRuleInfo,
  type FixEdit,
  type RulePlace,
} from './finding.js';
export { type ObjectFix } from './object-fix.js';
