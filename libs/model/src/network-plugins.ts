/** Network plugins that a cluster's objects tell of. */
export const NETWORK_PLUGINS = [
  'CALICO',
  'CILIUM',
  'ANTREA',
  'OVN_KUBERNETES',
  'KUBE_ROUTER',
  'KUBE_NETWORK_POLICIES',
  'KINDNET',
  'WEAVE_NET',
  'AWS_VPC_CNI',
  'AZURE_NPM',
  'GKE_DATAPLANE_V2',
] as const;
/** A plugin of NETWORK_PLUGINS. */
export type NetworkPlugin = (typeof NETWORK_PLUGINS)[number];

/** CustomResourceDefinitions that plugins bring along. Of all others not even the name is kept. */
export const PLUGIN_RESOURCES: Readonly<Partial<Record<NetworkPlugin, readonly string[]>>> = {
  CALICO: ['felixconfigurations.crd.projectcalico.org', 'ippools.crd.projectcalico.org'],
  CILIUM: ['ciliumendpoints.cilium.io', 'ciliumnetworkpolicies.cilium.io'],
  ANTREA: ['antreaagentinfos.crd.antrea.io'],
  OVN_KUBERNETES: ['egressfirewalls.k8s.ovn.org', 'egressips.k8s.ovn.org'],
  AWS_VPC_CNI: ['eniconfigs.crd.k8s.amazonaws.com', 'policyendpoints.networking.k8s.aws'],
  AZURE_NPM: ['nodenetworkconfigs.acn.azure.com'],
  GKE_DATAPLANE_V2: ['networkloggings.networking.gke.io'],
};

const PLUGIN_RESOURCE_NAMES: ReadonlySet<string> = new Set(Object.values(PLUGIN_RESOURCES).flat());

/** Whether a CustomResourceDefinition of this name tells of a network plugin. */
export function isPluginResource(name: string): boolean {
  return PLUGIN_RESOURCE_NAMES.has(name);
}

/** DaemonSets that enforce policies, or do not, by which containers they have. Of all others these are not kept. */
const AGENTS_WITH_OPTIONS: readonly string[] = [
  'aws-node',
  'kube-flannel',
  'kube-flannel-ds',
  'weave-net',
];

/** Whether the names of a DaemonSet's containers are kept. */
export function isAgentWithOptions(name: string): boolean {
  return AGENTS_WITH_OPTIONS.includes(name);
}
