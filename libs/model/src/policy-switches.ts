/** What hostNetwork pods are to policies. */
export const HOST_NETWORK_HANDLINGS = [
  /** Their node: no policy has them as subject, and no selector matches them. */
  'NODE',
  /** Pods like others: the plugin can tell their traffic from the node's. */
  'POD',
] as const;
/** A handling of HOST_NETWORK_HANDLINGS. */
export type HostNetworkHandling = (typeof HOST_NETWORK_HANDLINGS)[number];

/** Which of two policies of one tier with the same priority is asked first. */
export const PRIORITY_TIES = ['SMALLER_NAME_FIRST', 'LARGER_NAME_FIRST'] as const;
/** An order of PRIORITY_TIES. */
export type PriorityTie = (typeof PRIORITY_TIES)[number];

/** What becomes of protocols of which the NetworkPolicy API says nothing (ICMP). */
export const OTHER_PROTOCOL_HANDLINGS = ['UNDEFINED', 'ALLOWED'] as const;
/** A handling of OTHER_PROTOCOL_HANDLINGS. */
export type OtherProtocolHandling = (typeof OTHER_PROTOCOL_HANDLINGS)[number];

/**
 * What Kubernetes leaves to the network plugin, and changes what policies mean. An index is built for one reading; answers
 * that rest on it have a caveat.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export interface PolicySwitches {
  /** Whether an `ipBlock` of a NetworkPolicy matches pods by their addresses. (`networks` of admin policies always do.) */
  readonly ipBlockMatchesPods: boolean;
  readonly hostNetworkPods: HostNetworkHandling;
  /** Whether a pod and the node it runs on exchange everything, whatever policies say. */
  readonly allowNodeToLocalPods: boolean;
  readonly priorityTies: PriorityTie;
  readonly otherProtocols: OtherProtocolHandling;
}

/** What most network plugins do. */
export const DEFAULT_SWITCHES: PolicySwitches = {
  ipBlockMatchesPods: true,
  hostNetworkPods: 'NODE',
  allowNodeToLocalPods: true,
  priorityTies: 'SMALLER_NAME_FIRST',
  otherProtocols: 'UNDEFINED',
};

/** The same text for equal switches: part of the keys of what is computed under them. */
export function switchesKey({
  ipBlockMatchesPods,
  hostNetworkPods,
  allowNodeToLocalPods,
  priorityTies,
  otherProtocols,
}: PolicySwitches): string {
  return `${ipBlockMatchesPods} ${hostNetworkPods} ${allowNodeToLocalPods} ${priorityTies} ${otherProtocols}`;
}
