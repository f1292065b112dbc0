import { ArgsType, Field, InputType } from '@nestjs/graphql';
import type { Direction, PolicyKind, WorkloadKind } from '@portolan/model';
import { EndpointInput } from '../reachability/endpoint.input.js';
import { PageArgs } from '../relay/page.args.js';
import { IpAddressScalar } from '../scalars/ip-address.scalar.js';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';
import { DirectionEnum } from './direction.enum.js';
import { PolicyKindEnum } from './policy-kind.enum.js';
import { WorkloadKindEnum } from './workload-kind.enum.js';

@InputType('NamespaceFilter', { description: 'Filter for namespaces.' })
export class NamespaceFilterInput {
  @Field(() => LabelSelectorScalar, { nullable: true, description: 'Selector over labels.' })
  readonly labels?: string | null;

  @Field(() => DirectionEnum, {
    nullable: true,
    description: 'Only those without default isolation in this direction.',
  })
  readonly notIsolated?: Direction | null;
}

@InputType('WorkloadFilter', { description: 'Filter for workloads.' })
export class WorkloadFilterInput {
  @Field(() => [String], { nullable: true, description: 'Namespaces.' })
  readonly namespaces?: readonly string[] | null;

  @Field(() => LabelSelectorScalar, { nullable: true, description: 'Selector over pod labels.' })
  readonly labels?: string | null;

  @Field(() => [WorkloadKindEnum], { nullable: true, description: 'Kinds.' })
  readonly kinds?: readonly WorkloadKind[] | null;

  @Field(() => DirectionEnum, {
    nullable: true,
    description: 'Only those that NetworkPolicies do not isolate in this direction.',
  })
  readonly notIsolated?: Direction | null;

  @Field(() => String, { nullable: true, description: 'Text in the name.' })
  readonly search?: string | null;
}

@InputType('PodFilter', { description: 'Filter for pods.' })
export class PodFilterInput {
  @Field(() => [String], { nullable: true, description: 'Namespaces.' })
  readonly namespaces?: readonly string[] | null;

  @Field(() => LabelSelectorScalar, { nullable: true, description: 'Selector over labels.' })
  readonly labels?: string | null;

  @Field(() => IpAddressScalar, { nullable: true, description: 'Address.' })
  readonly ip?: string | null;
}

@InputType('PolicyFilter', { description: 'Filter for policies.' })
export class PolicyFilterInput {
  @Field(() => [String], {
    nullable: true,
    description: 'Namespaces; cluster-scoped policies are in none.',
  })
  readonly namespaces?: readonly string[] | null;

  @Field(() => [PolicyKindEnum], { nullable: true, description: 'Kinds.' })
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

@ArgsType()
export class NamespacesArgs extends PageArgs {
  @Field(() => NamespaceFilterInput, { nullable: true, description: 'Which ones; default all.' })
  readonly filter?: NamespaceFilterInput | null;
}

@ArgsType()
export class WorkloadsArgs extends PageArgs {
  @Field(() => WorkloadFilterInput, { nullable: true, description: 'Which ones; default all.' })
  readonly filter?: WorkloadFilterInput | null;
}

@ArgsType()
export class PodsArgs extends PageArgs {
  @Field(() => PodFilterInput, { nullable: true, description: 'Which ones; default all.' })
  readonly filter?: PodFilterInput | null;
}

@ArgsType()
export class PoliciesArgs extends PageArgs {
  @Field(() => PolicyFilterInput, { nullable: true, description: 'Which ones; default all.' })
  readonly filter?: PolicyFilterInput | null;
}

@ArgsType()
export class WorkloadPoliciesArgs extends PageArgs {
  @Field(() => DirectionEnum, {
    nullable: true,
    description: 'Only those that govern this direction.',
  })
  readonly direction?: Direction | null;
}

@ArgsType()
export class WorkloadArgs {
  @Field(() => String, { description: 'Namespace.' })
  readonly namespace!: string;

  @Field(() => String, { description: 'Name.' })
  readonly name!: string;

  @Field(() => WorkloadKindEnum, {
    nullable: true,
    description: 'Kind, when the name alone is ambiguous.',
  })
  readonly kind?: WorkloadKind | null;
}

@ArgsType()
export class PolicyArgs {
  @Field(() => PolicyKindEnum, {
    defaultValue: PolicyKindEnum.NETWORK_POLICY,
    description: 'Kind.',
  })
  readonly kind!: PolicyKind;

  @Field(() => String, {
    nullable: true,
    description: 'Namespace: of a NetworkPolicy; policies of other kinds have none.',
  })
  readonly namespace?: string | null;

  @Field(() => String, { description: 'Name.' })
  readonly name!: string;
}
