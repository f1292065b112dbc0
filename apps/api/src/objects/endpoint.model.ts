import { Field, InterfaceType } from '@nestjs/graphql';

/** A side of a connection. */
@InterfaceType('Endpoint', { description: 'Something traffic comes from or goes to.' })
export abstract class EndpointModel {
  @Field(() => String, {
    description:
      'Same for the same endpoint in every snapshot, for example `workload:shop/Deployment/web` or `cidr:0.0.0.0/0`.',
  })
  readonly stableKey!: string;

  @Field(() => String, {
    description: 'What to show people: namespace, name and kind, or the networks.',
  })
  readonly displayName!: string;
}
