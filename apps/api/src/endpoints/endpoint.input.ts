import { Field, ID, InputType } from '@nestjs/graphql';
import type { WorkloadKind } from '@portolan/model';
import { WorkloadKindEnum } from './workload-kind.enum.js';
import { CidrScalar } from '../scalars/cidr.scalar.js';
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

/** What a question is about, as the caller writes it. Read by `readEndpoint`. */
@InputType('EndpointInput', {
  description: 'An endpoint asked about. Exactly one field.',
  isOneOf: true,
})
export class EndpointInput {
  @Field(() => ID, { nullable: true, description: 'Global ID of a Workload, Pod or Namespace.' })
  readonly id?: string;

  @Field(() => WorkloadRefInput, { nullable: true, description: 'All pods of a workload.' })
  readonly workload?: WorkloadRefInput;

  @Field(() => NamespacedNameInput, { nullable: true, description: 'One pod.' })
  readonly pod?: NamespacedNameInput;

  @Field(() => String, { nullable: true, description: 'All pods of the namespace with this name.' })
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
