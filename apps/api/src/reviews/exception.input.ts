import { Field, InputType, Int } from '@nestjs/graphql';
import type { Protocol } from '@portolan/model';
import { ProtocolEnum } from '../endpoints/protocol.enum.js';
import { CidrScalar } from '../scalars/cidr.scalar.js';

/** A workload by its name. */
@InputType({ description: 'A workload by its name.' })
export class ExceptedWorkloadInput {
  @Field(() => String, { description: 'Namespace.' })
  readonly namespace!: string;

  @Field(() => String, { description: 'Name.' })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Kind, for example Deployment, where workloads of several kinds have the name.',
  })
  readonly kind?: string | null;
}

/** What an end has to be. */
@InputType({
  isOneOf: true,
  description: 'What an end of a connection has to be. Exactly one field.',
})
export class ExceptedEndInput {
  @Field(() => ExceptedWorkloadInput, { nullable: true, description: 'A workload.' })
  readonly workload?: ExceptedWorkloadInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Every workload of the namespace of this name.',
  })
  readonly namespace?: string | null;

  @Field(() => CidrScalar, { nullable: true, description: 'Addresses of a network.' })
  readonly cidr?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Public addresses; only true.' })
  readonly internet?: boolean | null;
}

/** Traffic that is accepted. */
@InputType({ description: 'Traffic that is accepted.' })
export class ExceptedTrafficInput {
  @Field(() => ProtocolEnum, { description: 'Protocol.' })
  readonly protocol!: Protocol;

  @Field(() => Int, { nullable: true, description: 'The port, or the first one; omit for all.' })
  readonly port?: number | null;

  @Field(() => Int, { nullable: true, description: 'The last port.' })
  readonly endPort?: number | null;
}

/** Access that is accepted. */
@InputType({ description: 'Access that is accepted.' })
export class ExceptedAccessInput {
  @Field(() => ExceptedEndInput, { description: 'Who opens the connections.' })
  readonly from!: ExceptedEndInput;

  @Field(() => ExceptedEndInput, { description: 'Who accepts them.' })
  readonly to!: ExceptedEndInput;

  @Field(() => ExceptedTrafficInput, { nullable: true, description: 'Omit for all traffic.' })
  readonly traffic?: ExceptedTrafficInput | null;
}

/** An exception that travels with a change. */
@InputType({
  description:
    'An exception: what it covers breaks no rule. Take them from the base of a change, never from the change itself: it would approve itself.',
})
export class InlineExceptionInput {
  @Field(() => String, { description: 'Names it in the report.' })
  readonly id!: string;

  @Field(() => ExceptedAccessInput, { description: 'What is accepted.' })
  readonly access!: ExceptedAccessInput;

  @Field(() => String, { description: 'Why.' })
  readonly reason!: string;

  @Field(() => String, {
    description: 'The last day on which it holds, in UTC: 2027-01-31. What is no day has expired.',
  })
  readonly expires!: string;
}

/** Files of settings. */
@InputType({ description: 'A file of settings of rules (docs/REVIEW.md), as both states have it.' })
export class ConfigFileInput {
  @Field(() => String, {
    defaultValue: '.portolan/config.yaml',
    description: 'Its path, for the report.',
  })
  readonly path!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its text in the base: only these settings count.',
  })
  readonly base?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its text in the head: what differs there is said, and has no effect.',
  })
  readonly head?: string | null;
}

/** Files of exceptions. */
@InputType({ description: 'A file of exceptions (docs/REVIEW.md), as both states have it.' })
export class ExceptionsFileInput {
  @Field(() => String, {
    defaultValue: '.portolan/exceptions.yaml',
    description: 'Its path, for the report.',
  })
  readonly path!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its text in the base: only these exceptions count.',
  })
  readonly base?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Its text in the head: what is new there is shown as proposed, and silences nothing.',
  })
  readonly head?: string | null;
}
