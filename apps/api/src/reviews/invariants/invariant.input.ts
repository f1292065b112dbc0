import { Field, InputType, Int } from '@nestjs/graphql';
import type { AssertionKind, Protocol, Severity } from '@portolan/model';
import { ProtocolEnum } from '../../endpoints/protocol.enum.js';
import { CidrScalar } from '../../scalars/cidr.scalar.js';
import { SelectorInput } from '../../selectors/selector.input.js';
import { ExceptedWorkloadInput } from '../exception.input.js';
import { SeverityEnum } from '../../severity/severity.enum.js';
import { InvariantKindEnum } from './invariant.enums.js';

/** What an end of an invariant means. */
@InputType({
  isOneOf: true,
  description: 'What an end of an invariant means. Exactly one field.',
})
export class InvariantEndInput {
  @Field(() => ExceptedWorkloadInput, { nullable: true, description: 'A workload.' })
  readonly workload?: ExceptedWorkloadInput | null;

  @Field(() => String, { nullable: true, description: 'Every pod of the namespace of this name.' })
  readonly namespace?: string | null;

  @Field(() => SelectorInput, { nullable: true, description: 'Pods by labels.' })
  readonly selector?: SelectorInput | null;

  @Field(() => CidrScalar, {
    nullable: true,
    description: 'Addresses of a network, and pods that are known to have one.',
  })
  readonly cidr?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Public addresses; only true.' })
  readonly internet?: boolean | null;
}

/** Traffic that an invariant is about. */
@InputType({ description: 'Traffic that an invariant is about.' })
export class InvariantTrafficInput {
  @Field(() => ProtocolEnum, { description: 'Protocol.' })
  readonly protocol!: Protocol;

  @Field(() => Int, { nullable: true, description: 'The port, or the first one; omit for all.' })
  readonly port?: number | null;

  @Field(() => Int, { nullable: true, description: 'The last port.' })
  readonly endPort?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name of a port, as destinations declare it; instead of `port`.',
  })
  readonly portName?: string | null;
}

/** An invariant that travels with a change. */
@InputType({
  description:
    'Something that the cluster has to keep to. Take them from the base of a change, never from the change itself.',
})
export class InlineInvariantInput {
  @Field(() => String, { description: 'Names it in the report.' })
  readonly name!: string;

  @Field(() => String, { defaultValue: '', description: 'Why.' })
  readonly description!: string;

  @Field(() => SeverityEnum, {
    defaultValue: 'HIGH',
    description: 'How grave it is when it is broken.',
  })
  readonly severity!: Severity;

  @Field(() => InvariantKindEnum, { description: 'What is asserted.' })
  readonly kind!: AssertionKind;

  @Field(() => [InvariantEndInput], {
    nullable: true,
    description: 'Who opens connections: whatever one of these means. Not of MUST_BE_ISOLATED.',
  })
  readonly from?: readonly InvariantEndInput[] | null;

  @Field(() => [InvariantEndInput], {
    description: 'Who accepts them: whatever one of these means.',
  })
  readonly to!: readonly InvariantEndInput[];

  @Field(() => InvariantTrafficInput, {
    nullable: true,
    description: 'Omit for all traffic. Not of MUST_BE_ISOLATED.',
  })
  readonly traffic?: InvariantTrafficInput | null;
}

/** Files of invariants. */
@InputType({ description: 'A file of invariants (docs/REVIEW.md), as both states have it.' })
export class InvariantsFileInput {
  @Field(() => String, {
    defaultValue: '.portolan/invariants.yaml',
    description: 'Its path, for the report.',
  })
  readonly path!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its text in the base: only these invariants count.',
  })
  readonly base?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Its text in the head: what is new there is shown as proposed, what it lacks as removed.',
  })
  readonly head?: string | null;
}
