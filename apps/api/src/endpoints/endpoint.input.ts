import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { Protocol, WorkloadKind } from '@portolan/model';
import { WorkloadKindEnum } from './workload-kind.enum.js';
import { CidrScalar } from '../scalars/cidr.scalar.js';
import { ProtocolEnum } from './protocol.enum.js';
import { JsonScalar } from '../scalars/json.scalar.js';
import { SelectorInput } from '../selectors/selector.input.js';

/** A workload, by its name. */
@InputType('WorkloadRefInput', { description: 'A workload by namespace and name.' })
export class WorkloadRefInput {
  @Field(() => String, { description: 'Namespace of the workload.' })
  readonly namespace!: string;

  @Field(() => String, { description: 'Name of the workload: that of its top owner.' })
  readonly name!: string;

  @Field(() => WorkloadKindEnum, {
    nullable: true,
    description: 'Kind, when the name alone is ambiguous.',
  })
  readonly kind?: WorkloadKind | null;
}

/** An object of a namespace, by its name. */
@InputType('NamespacedNameInput', { description: 'An object by namespace and name.' })
export class NamespacedNameInput {
  @Field(() => String, { description: 'Namespace of the object.' })
  readonly namespace!: string;

  @Field(() => String, { description: 'Name of the object.' })
  readonly name!: string;
}

/** A port of a pod that need not exist. */
@InputType('ContainerPortInput', { description: 'A port that a container declares.' })
export class ContainerPortInput {
  @Field(() => String, { nullable: true, description: 'Name by which rules may refer to it.' })
  readonly name?: string | null;

  @Field(() => Int, { description: 'Number on which the container listens.' })
  readonly port!: number;

  @Field(() => ProtocolEnum, { defaultValue: 'TCP', description: 'Protocol of the port.' })
  readonly protocol!: Protocol;
}

/** A pod that need not exist. Read by `readHypotheticalPod`. */
@InputType('HypotheticalPodInput', {
  description:
    'A pod that need not exist: it has no address and no node, and does not use the network of its host.',
})
export class HypotheticalPodInput {
  @Field(() => String, { description: 'Namespace of the pod: one of the snapshot, or a new one.' })
  readonly namespace!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'Labels of the namespace when the snapshot does not have it. Its name is added as `kubernetes.io/metadata.name`.',
  })
  readonly namespaceLabels?: unknown;

  @Field(() => JsonScalar, { description: 'Labels of the pod.' })
  readonly labels!: unknown;

  @Field(() => [ContainerPortInput], {
    nullable: true,
    description: 'Ports that its containers declare: rules that name ports look here.',
  })
  readonly ports?: readonly ContainerPortInput[] | null;
}

/** What a question is about, as the caller writes it. Read by `readEndpoint`. */
@InputType('EndpointInput', {
  description: 'An endpoint asked about. Exactly one field.',
  isOneOf: true,
})
export class EndpointInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Global ID of a Workload, Pod, Service or Namespace.',
  })
  readonly id?: string;

  @Field(() => WorkloadRefInput, { nullable: true, description: 'All pods of a workload.' })
  readonly workload?: WorkloadRefInput;

  @Field(() => NamespacedNameInput, { nullable: true, description: 'One pod.' })
  readonly pod?: NamespacedNameInput;

  @Field(() => NamespacedNameInput, {
    nullable: true,
    description:
      'What stands behind a Service. As a destination the port asked about is that of the Service, and is mapped to the port of each pod; of a headless Service it is the port of the pods.',
  })
  readonly service?: NamespacedNameInput;

  @Field(() => String, { nullable: true, description: 'All pods of the namespace with this name.' })
  readonly namespace?: string;

  @Field(() => SelectorInput, {
    nullable: true,
    description: 'Pods by selectors; matches existing pods.',
  })
  readonly selector?: SelectorInput;

  @Field(() => HypotheticalPodInput, {
    nullable: true,
    description: "A pod that need not exist, by its labels and its namespace's labels.",
  })
  readonly hypotheticalPod?: HypotheticalPodInput;

  @Field(() => CidrScalar, {
    nullable: true,
    description: 'An address or network. In-cluster addresses resolve to pods where known.',
  })
  readonly cidr?: string;

  @Field(() => Boolean, { nullable: true, description: 'Any public address. Only `true`.' })
  readonly internet?: boolean;
}
