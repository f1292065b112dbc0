import { Extensions, Field, ObjectType } from '@nestjs/graphql';
import type {
  DetectionConfidence,
  HostNetworkHandling,
  OtherProtocolHandling,
  PolicyEnforcement,
  PriorityTie,
} from '@portolan/model';
import { TrafficSetModel } from '../objects/traffic-set.model.js';
import { CidrScalar } from '../scalars/cidr.scalar.js';
import { IpAddressScalar } from '../scalars/ip-address.scalar.js';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';
import {
  DetectionConfidenceEnum,
  HostNetworkHandlingEnum,
  OtherProtocolHandlingEnum,
  PolicyEnforcementEnum,
  PriorityTieEnum,
} from '../profile-settings/cluster-profile.enums.js';
import { MAX_LABEL_KEYS, MAX_SELECTORS } from '../profile-settings/profile-limits.js';

/** Pods by two selectors. */
@ObjectType('WorkloadSelector', {
  description: 'Pods by the labels of their namespaces and their own.',
})
export class WorkloadSelectorModel {
  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Selector of namespaces; null means any.',
  })
  readonly namespaces!: string | null;

  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Selector of pods; null means any.',
  })
  readonly pods!: string | null;
}

/** Where pods send DNS queries. */
@ObjectType('DnsProfile', { description: 'Where pods send DNS queries.' })
export class DnsProfileModel {
  @Field(() => WorkloadSelectorModel, { description: 'The pods of the DNS servers.' })
  readonly pods!: WorkloadSelectorModel;

  @Field(() => IpAddressScalar, {
    nullable: true,
    description: 'Address of a DNS cache on each node, for example 169.254.20.10.',
  })
  readonly nodeLocalAddress!: string | null;

  @Field(() => TrafficSetModel, { description: 'Ports of DNS.' })
  readonly traffic!: TrafficSetModel;
}

/** Why a setting is thought to have a value. */
@ObjectType('ProfileDetection', {
  description: 'What a snapshot shows of a setting of its cluster, and why.',
})
export class ProfileDetectionModel {
  @Field(() => String, { description: 'The setting, as a field of ClusterProfileInput.' })
  readonly setting!: string;

  @Field(() => String, { description: 'The value, as text.' })
  readonly value!: string;

  @Field(() => String, { description: 'Why.' })
  readonly reason!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The object that shows it, for example `DaemonSet kube-system/calico-node`; null when several do.',
  })
  readonly object!: string | null;

  @Field(() => DetectionConfidenceEnum, { description: 'How sure it is.' })
  readonly confidence!: DetectionConfidence;
}

/** The profile in effect. */
@ObjectType('ClusterProfile', {
  description:
    'Facts about a cluster that decide how its manifests are read: what was set by hand, else what a snapshot shows, else what is usual.',
})
export class ClusterProfileModel {
  @Field(() => PolicyEnforcementEnum, {
    description: 'What enforces policies; decides what Kubernetes leaves to the network plugin.',
  })
  readonly enforcement!: PolicyEnforcement;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether policies take effect; null when it is not known.',
  })
  readonly isEnforced!: boolean | null;

  @Field(() => Boolean, {
    description: 'Whether an ipBlock of a NetworkPolicy matches pods by their addresses.',
  })
  readonly ipBlockMatchesPods!: boolean;

  @Field(() => HostNetworkHandlingEnum, { description: 'What hostNetwork pods are to policies.' })
  readonly hostNetworkPods!: HostNetworkHandling;

  @Field(() => Boolean, {
    description: 'Whether a pod and its own node exchange everything, whatever policies say.',
  })
  readonly allowNodeToLocalPods!: boolean;

  @Field(() => PriorityTieEnum, {
    description: 'Which of two policies of one tier with the same priority is asked first.',
  })
  readonly priorityTies!: PriorityTie;

  @Field(() => OtherProtocolHandlingEnum, {
    description: 'What becomes of protocols other than TCP, UDP and SCTP.',
  })
  readonly otherProtocols!: OtherProtocolHandling;

  @Field(() => [CidrScalar], { description: 'Where pods have their addresses.' })
  readonly podCidrs!: readonly string[];

  @Field(() => [CidrScalar], { description: 'Where Services have their addresses.' })
  readonly serviceCidrs!: readonly string[];

  @Field(() => [CidrScalar], { description: 'Where nodes have their addresses.' })
  readonly nodeCidrs!: readonly string[];

  @Field(() => [CidrScalar], { description: 'Addresses at which pods reach the API server.' })
  readonly apiServerCidrs!: readonly string[];

  @Field(() => DnsProfileModel, { description: 'Where pods send DNS queries.' })
  readonly dns!: DnsProfileModel;

  @Extensions({ maxLength: MAX_SELECTORS })
  @Field(() => [WorkloadSelectorModel], {
    description: 'Pods by which requests from outside come in.',
  })
  readonly ingressControllers!: readonly WorkloadSelectorModel[];

  @Field(() => Boolean, {
    description:
      'Whether those who have a namespace, and are trusted with no other, may label it. Findings look at it.',
  })
  readonly tenantsLabelNamespaces!: boolean;

  @Extensions({ maxLength: MAX_LABEL_KEYS })
  @Field(() => [String], {
    description:
      'Keys of labels of namespaces that they cannot set all the same; kubernetes.io/metadata.name is always one.',
  })
  readonly protectedNamespaceLabels!: readonly string[];

  @Field(() => [String], {
    description: 'Settings that were made by hand, as fields of ClusterProfileInput.',
  })
  readonly setByHand!: readonly string[];

  @Extensions({ maxLength: MAX_SELECTORS })
  @Field(() => [ProfileDetectionModel], {
    description:
      'What the snapshot shows, and why: also where it was set by hand otherwise, or is too unsure to be used.',
  })
  readonly detections!: readonly ProfileDetectionModel[];
}
