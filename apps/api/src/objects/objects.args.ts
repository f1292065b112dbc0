import { ArgsType, Field, InputType } from '@nestjs/graphql';
import type { Direction, PolicyKind, WorkloadKind } from '@portolan/model';
import { EndpointInput } from '../endpoints/endpoint.input.js';
import { PageArgs } from '../relay/page.args.js';
import { IpAddressScalar } from '../scalars/ip-address.scalar.js';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';
import { DirectionEnum } from './direction.enum.js';
import { PolicyKindEnum } from './policy-kind.enum.js';
import { WorkloadKindEnum } from '../endpoints/workload-kind.enum.js';

/** Which namespaces are wanted. */
@InputType('NamespaceFilter', {
  description: 'Which namespaces are wanted: those that fit everything that is given.',
})
export class NamespaceFilterInput {
  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Selector that the labels of the namespace fit.',
  })
  readonly labels?: string | null;

  @Field(() => DirectionEnum, {
    nullable: true,
    description: 'Only those without default isolation in this direction.',
  })
  readonly notIsolated?: Direction | null;
}

/** Which workloads are wanted. */
@InputType('WorkloadFilter', {
  description: 'Which workloads are wanted: those that fit everything that is given.',
})
export class WorkloadFilterInput {
  @Field(() => [String], { nullable: true, description: 'Only those in one of these namespaces.' })
  readonly namespaces?: readonly string[] | null;

  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: "Selector that the labels of the workload's pods fit.",
  })
  readonly labels?: string | null;

  @Field(() => [WorkloadKindEnum], {
    nullable: true,
    description: 'Only those of one of these kinds.',
  })
  readonly kinds?: readonly WorkloadKind[] | null;

  @Field(() => DirectionEnum, {
    nullable: true,
    description: 'Only those that NetworkPolicies do not isolate in this direction.',
  })
  readonly notIsolated?: Direction | null;

  @Field(() => String, { nullable: true, description: 'Text that occurs in the name.' })
  readonly search?: string | null;
}

/** Which pods are wanted. */
@InputType('PodFilter', {
  description: 'Which pods are wanted: those that fit everything that is given.',
})
export class PodFilterInput {
  @Field(() => [String], { nullable: true, description: 'Only those in one of these namespaces.' })
  readonly namespaces?: readonly string[] | null;

  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Selector that the labels of the pod fit.',
  })
  readonly labels?: string | null;

  @Field(() => IpAddressScalar, { nullable: true, description: 'Only the pods with this address.' })
  readonly ip?: string | null;
}

/** Which policies are wanted. */
@InputType('PolicyFilter', {
  description: 'Which policies are wanted: those that fit everything that is given.',
})
export class PolicyFilterInput {
  @Field(() => [String], {
    nullable: true,
    description: 'Namespaces; cluster-scoped policies are in none.',
  })
  readonly namespaces?: readonly string[] | null;

  @Field(() => [PolicyKindEnum], {
    nullable: true,
    description: 'Only those of one of these kinds.',
  })
  readonly kinds?: readonly PolicyKind[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'true: only those that govern no pod (they select none, or have no rules); false: only those that govern some.',
  })
  readonly selectsNothing?: boolean | null;

  @Field(() => EndpointInput, {
    nullable: true,
    description: 'Only those that select this workload or pod.',
  })
  readonly selects?: EndpointInput | null;
}

/** Arguments of `Snapshot.namespaces`. */
@ArgsType()
export class NamespacesArgs extends PageArgs {
  @Field(() => NamespaceFilterInput, { nullable: true, description: 'Which ones; default all.' })
  readonly filter?: NamespaceFilterInput | null;
}

/** Arguments of `Snapshot.workloads`. */
@ArgsType()
export class WorkloadsArgs extends PageArgs {
  @Field(() => WorkloadFilterInput, { nullable: true, description: 'Which ones; default all.' })
  readonly filter?: WorkloadFilterInput | null;
}

/** Arguments of `Snapshot.pods`. */
@ArgsType()
export class PodsArgs extends PageArgs {
  @Field(() => PodFilterInput, { nullable: true, description: 'Which ones; default all.' })
  readonly filter?: PodFilterInput | null;
}

/** Arguments of `Snapshot.policies`. */
@ArgsType()
export class PoliciesArgs extends PageArgs {
  @Field(() => PolicyFilterInput, { nullable: true, description: 'Which ones; default all.' })
  readonly filter?: PolicyFilterInput | null;
}

/** Arguments of `Workload.policies`. */
@ArgsType()
export class WorkloadPoliciesArgs extends PageArgs {
  @Field(() => DirectionEnum, {
    nullable: true,
    description: 'Only those that govern this direction.',
  })
  readonly direction?: Direction | null;
}

/** Arguments of `Snapshot.workload`. */
@ArgsType()
export class WorkloadArgs {
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

/** Arguments of `Snapshot.policy`. */
@ArgsType()
export class PolicyArgs {
  @Field(() => PolicyKindEnum, {
    defaultValue: PolicyKindEnum.NETWORK_POLICY,
    description: 'Kind of the policy.',
  })
  readonly kind!: PolicyKind;

  @Field(() => String, {
    nullable: true,
    description: 'Namespace: of a NetworkPolicy; policies of other kinds have none.',
  })
  readonly namespace?: string | null;

  @Field(() => String, { description: 'Name of the policy.' })
  readonly name!: string;
}
