/**
 * A snapshot is a list of segments, one per namespace and one for cluster-scoped objects (namespace ''). A segment is a
 * column block whose bytes depend on nothing but the objects in it, so equal namespaces are stored once for all
 * snapshots. Objects are sorted by name (workloads by name, then kind), names by `compareText`.
 *
 * Lists are in compressed form: `xOffsets` has one entry more than there are owners, and owner i has the elements from
 * offsets[i] up to offsets[i + 1]. "string" = index in the block's string table; -1 = none.
 *
 * Stored segments outlive versions of this program: columns are only ever added, at the end, and are empty in older ones.
 */
export const SEGMENT_COLUMNS = [
  // The namespace itself: [name string, 1 when a Namespace object declared it, label set]. Empty in the cluster segment.
  'namespace',
  // Label sets, interned. Elements are sorted by key.
  'labelSetOffsets',
  'labelKeys', // string
  'labelValues', // string
  // Port tables (all containerPorts of a pod, init and sidecar containers too), interned, sorted by protocol, port, name.
  'portTableOffsets',
  'portNames', // string or -1
  'portNumbers',
  'portProtocols', // index in PROTOCOLS
  // Workloads: declared ones, and owners that only pods tell of.
  'workloadNames', // string
  'workloadKinds', // index in WORKLOAD_KINDS
  'workloadKindNames', // string: the kind as written, for example `Rollout`
  'workloadLabelSets', // pod labels: of the template, else of the first pod
  'workloadPortTables',
  'workloadFlags', // WORKLOAD_FLAGS
  // Pods: live ones, and one template pod for each declared workload that has no live pod.
  'podNames', // string; of a template pod the workload's name
  'podWorkloads', // index of a workload of this segment
  'podLabelSets',
  'podPortTables',
  'podFlags', // POD_FLAGS
  'podPhases', // string or -1
  'podNodes', // string (spec.nodeName) or -1
  'podIpOffsets',
  'podIps', // ADDRESS_WORDS integers an address: family, then four words (IPv4 uses the first)
  // Policies: NetworkPolicies of a namespace; the other kinds, sorted by name and kind, in the cluster segment.
  'policyNames', // string
  'policyKinds', // index in POLICY_KINDS
  'policyLabelSets',
  'policySpecs', // string: canonical JSON of a PolicySpec
  // Nodes; only in the cluster segment.
  'nodeNames', // string
  'nodeLabelSets',
  'nodeIpOffsets',
  'nodeIps', // as podIps
  // Services, what routes to them (of one name sorted by kind), Gateways and ReferenceGrants: canonical JSON of a ServiceSpec,
  // RouteSpec, GatewaySpec, ReferenceGrantSpec. Segments of an earlier version end before these columns.
  'serviceNames', // string
  'serviceLabelSets',
  'serviceSpecs', // string
  'routeNames',
  'routeLabelSets',
  'routeSpecs',
  'gatewayNames',
  'gatewayLabelSets',
  'gatewaySpecs',
  'grantNames',
  'grantLabelSets',
  'grantSpecs',
  // What tells of the network plugin. Columns from here on are newer than some stored segments, where they are empty.
  'agentContainers', // [workload, string] pairs: containers of DaemonSets where it matters (isAgentWithOptions)
  'pluginResources', // string: names of CustomResourceDefinitions (isPluginResource); only in the cluster segment
  'podNetworks', // string: CIDRs of all nodes' spec.podCIDRs, each once; only in the cluster segment
  'serviceNetworks', // string: CIDRs of ServiceCIDRs, each once; only in the cluster segment
  // What findings about dependencies look at. It has no effect on access.
  'apiClients', // [workload, account string, binding string, 1 when a group is bound]: workloads that use the Kubernetes API
  'apiServerCalls', // string: canonical JSON of ApiServerCalls, each once; only in the cluster segment
] as const;
/** A column of SEGMENT_COLUMNS. */
export type SegmentColumn = (typeof SEGMENT_COLUMNS)[number];

/** Columns of the cluster segment that are lists of texts. */
export type ClusterTexts = Extract<
  SegmentColumn,
  'pluginResources' | 'podNetworks' | 'serviceNetworks' | 'apiServerCalls'
>;

/** Kinds of object that a segment holds as name, labels and spec. */
export const SPEC_KINDS = ['service', 'route', 'gateway', 'grant'] as const;
/** A kind of SPEC_KINDS. */
export type SpecKind = (typeof SPEC_KINDS)[number];

/** A column of such a kind. */
export type SpecColumn = `${SpecKind}${'Names' | 'LabelSets' | 'Specs'}`;

/** Integers that one address takes in `podIps` and `nodeIps`. */
export const ADDRESS_WORDS = 5;

/** Bits of `podFlags`. */
export const POD_FLAGS = {
  hostNetwork: 1,
  /** Phase Succeeded or Failed: takes no part in the analysis. */
  terminated: 2,
  /** Stands for the pods that a workload's template would make. */
  template: 4,
} as const;

/** Bits of `workloadFlags`. */
export const WORKLOAD_FLAGS = {
  hostNetwork: 1,
  /** An object of this kind and name was in the input (else only its pods were). */
  declared: 2,
} as const;

/** Kinds of workload, in the order of `workloadKinds`. */
export const WORKLOAD_KINDS = [
  'DEPLOYMENT',
  'STATEFUL_SET',
  'DAEMON_SET',
  'JOB',
  'CRON_JOB',
  'REPLICA_SET',
  'REPLICATION_CONTROLLER',
  'POD',
  'OTHER',
] as const;
/** A kind of WORKLOAD_KINDS. */
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

/**
 * Where a segment's objects were declared: kept apart from the segment, because moving an object to another line or file
 * does not change the cluster. Objects in the order of the segment; OBJECT_SOURCE_WORDS integers each: file (string),
 * document index from 0, first line, last line (from 1); all -1 when the object is only implied by others.
 */
export const SOURCE_COLUMNS = [
  'namespaceSource', // one object; empty in the cluster segment
  'workloadSources',
  'podSources', // of a template pod: where its workload is
  'policySources',
  'nodeSources',
  // Lines within policies: for ingress, then egress; for each rule its line, then its peers' lines, then its ports' lines; then the subject's.
  'policyLineOffsets',
  'policyLines',
  'serviceSources',
  'routeSources',
  'gatewaySources',
  'grantSources',
  // What no answer needs, and manifests that are laid over the snapshot do. Columns from here on are newer than some stored
  // blocks, where they are empty.
  'overlayVersion', // one integer, 1: the columns below are filled
  'podOwners', // string: JSON [apiVersion, kind, name] of the controller that a pod names, or -1
  'workloadOwners', // the same of a workload
  'workloadOwnLabels', // string: JSON of the labels of a declared workload itself, or -1
  'foldedWorkloads', // string: JSON of a workload that is put under another; of ReplicaSets only those with pods
  'endpoints', // string: JSON of an EndpointSlice or Endpoints of no Service that has a selector
  'nodePodCidrs', // string: JSON of the pod networks of a node, or -1
  'serviceCidrs', // string: JSON of a ServiceCIDR
  // What is written and does not change the cluster. Columns from here on are newer than some stored blocks, where they are empty.
  'policyNotes', // POLICY_NOTE_WORDS integers a note; by policy
  'ignores', // IGNORE_WORDS integers an annotation IGNORE_ANNOTATION
] as const;
/** A column of SOURCE_COLUMNS. */
export type SourceColumn = (typeof SOURCE_COLUMNS)[number];

/** Integers that one object takes in a sources column. */
export const OBJECT_SOURCE_WORDS = 4;

/** A stored block: segment or sources, named by the SHA-256 (hexadecimal) of its bytes. */
export interface StoredBlock {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** What a snapshot holds of one namespace ('' = cluster-scoped objects). */
export interface SnapshotPart {
  readonly namespace: string;
  readonly segment: StoredBlock;
  readonly sources: StoredBlock;
}
