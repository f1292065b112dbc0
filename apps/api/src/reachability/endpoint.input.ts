import { Field, ID, InputType } from '@nestjs/graphql';
import type { WorkloadKind } from '@portolan/model';
import { WorkloadKindEnum } from '../objects/workload-kind.enum.js';
import { CidrScalar } from '../scalars/cidr.scalar.js';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';

@InputType('WorkloadRefInput', { description: 'Names a workload.' })
export class WorkloadRefInput {
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

@InputType('NamespacedNameInput', { description: 'Names a namespaced object.' })
export class NamespacedNameInput {
  @Field(() => String, { description: 'Namespace.' })
  readonly namespace!: string;

  @Field(() => String, { description: 'Name.' })
  readonly name!: string;
}

@InputType('SelectorInput', { description: 'Selects pods.' })
export class SelectorInput {
  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Namespace selector; omit for any.',
  })
  readonly namespaces?: string | null;

  @Field(() => LabelSelectorScalar, { nullable: true, description: 'Pod selector; omit for any.' })
  readonly pods?: string | null;
}

/** What a question is about, as the caller writes it. Read by `readEndpoint`. */
@InputType('EndpointInput', {
  description: 'An endpoint asked about. Exactly one field.',
  isOneOf: true,
})
export class EndpointInput {
  @Field(() => ID, { nullable: true, description: 'Global ID of a Workload, Pod or Namespace.' })
  readonly id?: string;

  @Field(() => WorkloadRefInput, { nullable: true, description: 'A workload.' })
  readonly workload?: WorkloadRefInput;

  @Field(() => NamespacedNameInput, { nullable: true, description: 'A pod.' })
  readonly pod?: NamespacedNameInput;

  @Field(() => String, { nullable: true, description: 'All pods of a namespace.' })
  readonly namespace?: string;

  @Field(() => SelectorInput, {
    nullable: true,
    description: 'Pods by selectors; matches existing pods.',
  })
  readonly selector?: SelectorInput;

  @Field(() => CidrScalar, {
    nullable: true,
    description: 'An address or network. In-cluster addresses resolve to pods where known.',
  })
  readonly cidr?: string;

  @Field(() => Boolean, { nullable: true, description: 'Any public address. Only `true`.' })
  readonly internet?: boolean;
}
