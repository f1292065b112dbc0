import { ArgsType, Field } from '@nestjs/graphql';
import { PageArgs } from '../relay/page.args.js';

/** Arguments of `Snapshot.services`. */
@ArgsType()
export class ServicesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only those in this namespace.' })
  readonly namespace?: string | null;
}

/** Arguments of `Snapshot.service`. */
@ArgsType()
export class ServiceArgs {
  @Field(() => String, { description: 'Namespace of the Service.' })
  readonly namespace!: string;

  @Field(() => String, { description: 'Name of the Service.' })
  readonly name!: string;
}
