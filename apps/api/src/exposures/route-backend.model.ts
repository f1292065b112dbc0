import { Field, ObjectType } from '@nestjs/graphql';
import type { PathStatus } from '@portolan/model';
import { ServiceModel } from '../objects/service.model.js';
import { PathStatusEnum } from './exposure.enums.js';

/** Where a route sends traffic. */
@ObjectType('RouteBackend', { description: 'Where a route sends traffic, and whether it arrives.' })
export class RouteBackendModel {
  @Field(() => String, { description: 'Namespace of the Service.' })
  readonly namespace!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Name of the Service; null when the backend is of another kind, which is not followed.',
  })
  readonly name!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Number or name of the port, as the route has it; null = every port of the Service.',
  })
  readonly port!: string | null;

  @Field(() => ServiceModel, {
    nullable: true,
    description: 'The Service; null when there is none.',
  })
  readonly service!: ServiceModel | null;

  @Field(() => PathStatusEnum, { description: 'Whether traffic arrives at some pod.' })
  readonly status!: PathStatus;

  @Field(() => String, { nullable: true, description: 'Why it does not, in words.' })
  readonly reason!: string | null;
}
