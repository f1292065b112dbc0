import {
  type ClusterProfile,
  DEFAULT_SWITCHES,
  type Detection,
  type ProfileSettings,
  type TrafficSet,
} from '@portolan/model';
import { ENFORCEMENT_TRAITS } from './enforcement-traits.js';

const DNS_TRAFFIC: TrafficSet = [
  { protocol: 'TCP', from: 53, to: 53 },
  { protocol: 'UDP', from: 53, to: 53 },
];

/** Where kubeadm and most distributions have their DNS servers. */
const DNS_PODS = {
  namespaces: 'kubernetes.io/metadata.name=kube-system',
  pods: 'k8s-app=kube-dns',
};

/** The profile in effect: what was set by hand, else what was detected, else what is usual. */
export function resolveProfile(
  settings: ProfileSettings,
  detections: readonly Detection[],
): ClusterProfile {
  const known = { ...detectedSettings(detections), ...settings };
  const { enforcement = 'UNKNOWN', dnsPods = DNS_PODS, nodeLocalDnsAddress = null } = known;
  const { isEnforced, ipBlockMatchesPods } = ENFORCEMENT_TRAITS[enforcement];
  return {
    enforcement,
    isEnforced,
    ipBlockMatchesPods: known.ipBlockMatchesPods ?? ipBlockMatchesPods,
    hostNetworkPods: known.hostNetworkPods ?? DEFAULT_SWITCHES.hostNetworkPods,
    allowNodeToLocalPods: known.allowNodeToLocalPods ?? DEFAULT_SWITCHES.allowNodeToLocalPods,
    priorityTies: known.priorityTies ?? DEFAULT_SWITCHES.priorityTies,
    otherProtocols: known.otherProtocols ?? DEFAULT_SWITCHES.otherProtocols,
    podCidrs: known.podCidrs ?? [],
    serviceCidrs: known.serviceCidrs ?? [],
    nodeCidrs: known.nodeCidrs ?? [],
    apiServerCidrs: known.apiServerCidrs ?? [],
    dns: { pods: dnsPods, nodeLocalAddress: nodeLocalDnsAddress, traffic: DNS_TRAFFIC },
    ingressControllers: known.ingressControllers ?? [],
    tenantsLabelNamespaces: known.tenantsLabelNamespaces ?? false,
    protectedNamespaceLabels: known.protectedNamespaceLabels ?? [],
  };
}

function detectedSettings(detections: readonly Detection[]): ProfileSettings {
  return Object.fromEntries(
    detections
      .filter(({ confidence }) => confidence !== 'UNSURE')
      .map(({ setting, value }) => [setting, value]),
  );
}
