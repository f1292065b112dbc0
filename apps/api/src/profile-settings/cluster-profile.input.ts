import { Field, InputType } from '@nestjs/graphql';
import type {
  HostNetworkHandling,
  OtherProtocolHandling,
  PolicyEnforcement,
  PriorityTie,
} from '@portolan/model';
import { SelectorInput } from '../selectors/selector.input.js';
import { CidrScalar } from '../scalars/cidr.scalar.js';
import { IpAddressScalar } from '../scalars/ip-address.scalar.js';
import {
  HostNetworkHandlingEnum,
  OtherProtocolHandlingEnum,
  PolicyEnforcementEnum,
  PriorityTieEnum,
} from './cluster-profile.enums.js';

/** Settings of a profile by hand. Read by `readProfileChanges`. */
@InputType('ClusterProfileInput', {
  description:
    'Facts about a cluster, set by hand. What is omitted stays as it is; null goes back to what snapshots show, or is usual.',
})
export class ClusterProfileInput {
  @Field(() => PolicyEnforcementEnum, {
    nullable: true,
    description: 'What enforces policies; NONE when nothing does.',
  })
  readonly enforcement?: PolicyEnforcement | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether an ipBlock of a NetworkPolicy matches pods by their addresses; by default as `enforcement` does.',
  })
  readonly ipBlockMatchesPods?: boolean | null;

  @Field(() => HostNetworkHandlingEnum, {
    nullable: true,
    description: 'What hostNetwork pods are to policies; by default their node.',
  })
  readonly hostNetworkPods?: HostNetworkHandling | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a pod and its own node exchange everything; by default true.',
  })
  readonly allowNodeToLocalPods?: boolean | null;

  @Field(() => PriorityTieEnum, {
    nullable: true,
    description: 'Which of two policies of one tier with the same priority is asked first.',
  })
  readonly priorityTies?: PriorityTie | null;

  @Field(() => OtherProtocolHandlingEnum, {
    nullable: true,
    description: 'What becomes of protocols other than TCP, UDP and SCTP; by default not known.',
  })
  readonly otherProtocols?: OtherProtocolHandling | null;

  @Field(() => [CidrScalar], { nullable: true, description: 'Where pods have their addresses.' })
  readonly podCidrs?: readonly string[] | null;

  @Field(() => [CidrScalar], { nullable: true, description: 'Where Services have theirs.' })
  readonly serviceCidrs?: readonly string[] | null;

  @Field(() => [CidrScalar], { nullable: true, description: 'Where nodes have theirs.' })
  readonly nodeCidrs?: readonly string[] | null;

  @Field(() => [CidrScalar], {
    nullable: true,
    description: 'Addresses at which pods reach the API server.',
  })
  readonly apiServerCidrs?: readonly string[] | null;

  @Field(() => SelectorInput, { nullable: true, description: 'The pods of the DNS servers.' })
  readonly dnsPods?: SelectorInput | null;

  @Field(() => IpAddressScalar, {
    nullable: true,
    description: 'Address of a DNS cache on each node.',
  })
  readonly nodeLocalDnsAddress?: string | null;

  @Field(() => [SelectorInput], {
    nullable: true,
    description: 'Pods by which requests from outside come in.',
  })
  readonly ingressControllers?: readonly SelectorInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether those who have a namespace, and are trusted with no other, may label it; by default false.',
  })
  readonly tenantsLabelNamespaces?: boolean | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Keys of labels of namespaces that they cannot set all the same, for example because admission refuses it; kubernetes.io/metadata.name is always one.',
  })
  readonly protectedNamespaceLabels?: readonly string[] | null;
}
