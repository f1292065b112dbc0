import { ArgsType, Field, InputType } from '@nestjs/graphql';
import type { Direction, ExposureLevel } from '@portolan/model';
import { DirectionEnum } from '../objects/direction.enum.js';
import { AssumeEnforcedField } from '../reachability/assume-enforced.js';
import { PageArgs } from '../relay/page.args.js';
import { ExposureLevelEnum } from './exposure.enums.js';

/** Which exposures are wanted. */
@InputType('ExposureFilter', {
  description: 'Which exposures are wanted: those that fit everything that is given.',
})
export class ExposureFilterInput {
  @Field(() => DirectionEnum, { nullable: true, description: 'Only this direction.' })
  readonly direction?: Direction | null;

  @Field(() => ExposureLevelEnum, {
    defaultValue: ExposureLevelEnum.ENTIRE_CLUSTER,
    description: 'At least this wide.',
  })
  readonly atLeast!: ExposureLevel;

  @Field(() => [String], { nullable: true, description: 'Only workloads of these namespaces.' })
  readonly namespaces?: readonly string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only what a Service or route publishes; false: only what none does.',
  })
  readonly published?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'false: only workloads that no NetworkPolicy isolates in the direction; true: only others.',
  })
  readonly isolated?: boolean | null;
}

/** Arguments of `Snapshot.exposures`. */
@ArgsType()
export class ExposuresArgs extends PageArgs {
  @Field(() => ExposureFilterInput, {
    nullable: true,
    description: 'Which ones; default all that are as wide as ENTIRE_CLUSTER or wider.',
  })
  readonly filter?: ExposureFilterInput | null;

  @AssumeEnforcedField()
  readonly assumeEnforced!: boolean;
}

/** Arguments of `Snapshot.routes`. */
@ArgsType()
export class RoutesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only those in this namespace.' })
  readonly namespace?: string | null;

  @AssumeEnforcedField()
  readonly assumeEnforced!: boolean;
}
