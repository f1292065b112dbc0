import { ArgsType, Field, Int } from '@nestjs/graphql';
import { EndpointInput } from '../endpoints/endpoint.input.js';
import { AssumeEnforcedField } from '../reachability/assume-enforced.js';
import { TrafficInput } from '../reachability/traffic.input.js';

/** Arguments of `Snapshot.blastRadius`. */
@ArgsType()
export class BlastRadiusArgs {
  @Field(() => EndpointInput, { description: 'Where it begins: any of these pods or addresses.' })
  readonly source!: EndpointInput;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 3,
    description: 'Steps at most, from 1 to 1000; null = as many as there are.',
  })
  readonly maxHops?: number | null;

  @Field(() => TrafficInput, { nullable: true, description: 'Only steps by this traffic.' })
  readonly traffic?: TrafficInput | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      'Whether steps lead over hostNetwork pods. Policies do not govern these, and everything passes between them and the pods on their node.',
  })
  readonly hosts!: boolean;

  @AssumeEnforcedField()
  readonly assumeEnforced!: boolean;
}
