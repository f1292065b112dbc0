import { registerEnumType } from '@nestjs/graphql';
import type {
  DetectionConfidence,
  HostNetworkHandling,
  OtherProtocolHandling,
  PolicyEnforcement,
  PriorityTie,
} from '@portolan/model';

/** What can enforce policies. */
export const PolicyEnforcementEnum = {
  CALICO: 'CALICO',
  CILIUM: 'CILIUM',
  ANTREA: 'ANTREA',
  OVN_KUBERNETES: 'OVN_KUBERNETES',
  KUBE_ROUTER: 'KUBE_ROUTER',
  KUBE_NETWORK_POLICIES: 'KUBE_NETWORK_POLICIES',
  KINDNET: 'KINDNET',
  WEAVE_NET: 'WEAVE_NET',
  AWS_VPC_CNI: 'AWS_VPC_CNI',
  AZURE_NPM: 'AZURE_NPM',
  GKE_DATAPLANE_V2: 'GKE_DATAPLANE_V2',
  GENERIC: 'GENERIC',
  NONE: 'NONE',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<PolicyEnforcement, PolicyEnforcement>;

registerEnumType(PolicyEnforcementEnum, {
  name: 'PolicyEnforcement',
  description: 'What enforces the policies of a cluster. docs/profiles.md says what follows.',
  valuesMap: {
    CALICO: { description: 'Calico, also beside another plugin (Canal).' },
    CILIUM: { description: 'Cilium. An ipBlock matches no pods.' },
    ANTREA: { description: 'Antrea.' },
    OVN_KUBERNETES: { description: 'OVN-Kubernetes, the plugin of OpenShift.' },
    KUBE_ROUTER: { description: 'kube-router.' },
    KUBE_NETWORK_POLICIES: { description: 'kube-network-policies, beside another plugin.' },
    KINDNET: { description: 'kindnet, the plugin of kind, in a version that enforces.' },
    WEAVE_NET: { description: 'Weave Net.' },
    AWS_VPC_CNI: { description: 'The AWS VPC CNI with its network policy agent switched on.' },
    AZURE_NPM: { description: 'Azure Network Policy Manager.' },
    GKE_DATAPLANE_V2: { description: 'GKE Dataplane V2. An ipBlock matches no pods.' },
    GENERIC: { description: 'A plugin that enforces, without known deviations.' },
    NONE: { description: 'Nothing enforces policies: every policy is without effect.' },
    UNKNOWN: { description: 'Not known. Answers are given as if policies were enforced.' },
  },
});

/** What hostNetwork pods can be to policies. */
export const HostNetworkHandlingEnum = {
  NODE: 'NODE',
  POD: 'POD',
} as const satisfies Record<HostNetworkHandling, HostNetworkHandling>;

registerEnumType(HostNetworkHandlingEnum, {
  name: 'HostNetworkHandling',
  description: 'What hostNetwork pods are to policies.',
  valuesMap: {
    NODE: { description: 'Their node: no policy governs them, and no selector matches them.' },
    POD: { description: 'Pods like others: the plugin can tell them from their node.' },
  },
});

/** Which of two policies with the same priority can be asked first. */
export const PriorityTieEnum = {
  SMALLER_NAME_FIRST: 'SMALLER_NAME_FIRST',
  LARGER_NAME_FIRST: 'LARGER_NAME_FIRST',
} as const satisfies Record<PriorityTie, PriorityTie>;

registerEnumType(PriorityTieEnum, {
  name: 'PriorityTie',
  description: 'Which of two policies of one tier with the same priority is asked first.',
  valuesMap: {
    SMALLER_NAME_FIRST: { description: 'The one whose name comes first in the alphabet.' },
    LARGER_NAME_FIRST: {
      description: 'The one whose name comes last: shows what the order decides.',
    },
  },
});

/** What can become of protocols that the NetworkPolicy API does not know. */
export const OtherProtocolHandlingEnum = {
  UNDEFINED: 'UNDEFINED',
  ALLOWED: 'ALLOWED',
} as const satisfies Record<OtherProtocolHandling, OtherProtocolHandling>;

registerEnumType(OtherProtocolHandlingEnum, {
  name: 'OtherProtocolHandling',
  description: 'What becomes of protocols other than TCP, UDP and SCTP, for example ICMP.',
  valuesMap: {
    UNDEFINED: { description: 'It is not known: the verdict is UNKNOWN.' },
    ALLOWED: { description: 'They pass whatever policies say.' },
  },
});

/** How sure a detection can be. */
export const DetectionConfidenceEnum = {
  CERTAIN: 'CERTAIN',
  LIKELY: 'LIKELY',
  UNSURE: 'UNSURE',
} as const satisfies Record<DetectionConfidence, DetectionConfidence>;

registerEnumType(DetectionConfidenceEnum, {
  name: 'DetectionConfidence',
  description: 'How sure a detection is.',
  valuesMap: {
    CERTAIN: { description: 'The object says it.' },
    LIKELY: { description: 'So it is unless somebody configured it otherwise.' },
    UNSURE: { description: 'It may be. The profile makes no use of it: set it by hand.' },
  },
});
