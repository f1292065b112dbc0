import { NETWORK_PLUGINS } from './network-plugins.js';
import type { PolicySwitches } from './policy-switches.js';
import type { TrafficSet } from './traffic.js';

/** What enforces the policies of a cluster. */
export const POLICY_ENFORCEMENTS = [
  ...NETWORK_PLUGINS,
  /** A plugin that enforces, without known deviations. */
  'GENERIC',
  /** Nothing does: every policy is without effect. */
  'NONE',
  'UNKNOWN',
] as const;
/** An enforcement of POLICY_ENFORCEMENTS. */
export type PolicyEnforcement = (typeof POLICY_ENFORCEMENTS)[number];

/** Pods by the labels of their namespaces and their own, in the syntax of kubectl; null = any. */
export interface WorkloadSelector {
  readonly namespaces: string | null;
  readonly pods: string | null;
}

/** Where pods send DNS queries. */
export interface DnsProfile {
  readonly pods: WorkloadSelector;
  /** Address of a DNS cache on each node. */
  readonly nodeLocalAddress: string | null;
  readonly traffic: TrafficSet;
}

/** Who decides about the labels of namespaces: nothing in a snapshot tells that. */
export interface NamespaceLabelling {
  /** Whether those who have a namespace, and are trusted with no other, may label it. */
  readonly tenantsLabelNamespaces: boolean;
  /** Keys of labels that they cannot set all the same, besides kubernetes.io/metadata.name. */
  readonly protectedNamespaceLabels: readonly string[];
}

/** Facts about a cluster that decide how its manifests are read. */
export interface ClusterProfile extends PolicySwitches, NamespaceLabelling {
  readonly enforcement: PolicyEnforcement;
  /** Whether policies take effect; null = not known: answers are given as if they did. */
  readonly isEnforced: boolean | null;
  /** Canonical CIDRs, as those of the other ranges. */
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  readonly nodeCidrs: readonly string[];
  /** Addresses at which pods reach the API server. */
  readonly apiServerCidrs: readonly string[];
  readonly dns: DnsProfile;
  readonly ingressControllers: readonly WorkloadSelector[];
}

/** What can be set by hand, or detected, one by one. What is not there is not set. */
export type ProfileSettings = Partial<
  PolicySwitches &
    NamespaceLabelling &
    Pick<
      ClusterProfile,
      | 'enforcement'
      | 'podCidrs'
      | 'serviceCidrs'
      | 'nodeCidrs'
      | 'apiServerCidrs'
      | 'ingressControllers'
    > & { readonly dnsPods: WorkloadSelector; readonly nodeLocalDnsAddress: string }
>;

/** How sure a detection is. Of UNSURE ones the profile makes no use. */
export const DETECTION_CONFIDENCES = [
  /** The object says it. */
  'CERTAIN',
  /** So it is unless somebody configured it otherwise. */
  'LIKELY',
  /** It may be: somebody who knows has to set it. */
  'UNSURE',
] as const;
/** A confidence of DETECTION_CONFIDENCES. */
export type DetectionConfidence = (typeof DETECTION_CONFIDENCES)[number];

/** Why a setting is thought to have a value. */
export interface DetectionReason {
  /** In words. */
  readonly reason: string;
  /** What shows it: `DaemonSet kube-system/calico-node`; null = several objects. */
  readonly object: string | null;
  readonly confidence: DetectionConfidence;
}

/** A value of a setting that a snapshot shows. */
export type Detection = DetectionReason &
  {
    [Setting in keyof ProfileSettings]-?: {
      readonly setting: Setting;
      readonly value: Required<ProfileSettings>[Setting];
    };
  }[keyof ProfileSettings];
