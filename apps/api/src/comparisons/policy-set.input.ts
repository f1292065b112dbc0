import { Field, InputType } from '@nestjs/graphql';
import type { PolicyKind } from '@portolan/model';
import { PolicyKindEnum } from '../objects/policy-kind.enum.js';
import { SnapshotRefInput } from '../snapshots/snapshot-ref.input.js';

/** Names a policy of a snapshot. */
@InputType('PolicyRefInput', { description: 'Refers to a policy of a snapshot.' })
export class PolicyRefInput {
  @Field(() => PolicyKindEnum, {
    defaultValue: PolicyKindEnum.NETWORK_POLICY,
    description: 'Kind.',
  })
  readonly kind!: PolicyKind;

  @Field(() => String, {
    nullable: true,
    description: 'Namespace of a NetworkPolicy; null for the other kinds, which are in none.',
  })
  readonly namespace?: string | null;

  @Field(() => String, { description: 'Name.' })
  readonly name!: string;
}

/** The policies of a snapshot, or some of them. Read by `selectPolicies`. */
@InputType('PolicySetInput', {
  description:
    'The pods of a snapshot with all of its policies, or with those that fit everything that is given; the others are taken not to exist.',
})
export class PolicySetInput {
  @Field(() => SnapshotRefInput, { description: 'The snapshot.' })
  readonly snapshot!: SnapshotRefInput;

  @Field(() => [String], {
    nullable: true,
    description:
      'Only policies of these namespaces, which must exist; cluster-scoped policies are in none.',
  })
  readonly namespaces?: readonly string[] | null;

  @Field(() => [PolicyKindEnum], {
    nullable: true,
    description: 'Only policies of these kinds.',
  })
  readonly kinds?: readonly PolicyKind[] | null;

  @Field(() => [PolicyRefInput], {
    nullable: true,
    description: 'Only these policies, which must exist.',
  })
  readonly policies?: readonly PolicyRefInput[] | null;
}
