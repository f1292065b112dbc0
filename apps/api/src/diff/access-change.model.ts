import { Extensions, Field, ObjectType } from '@nestjs/graphql';
import type { AccessChangeKind } from '@portolan/model';
import type { Endpoint } from '../objects/endpoint.js';
import { EndpointModel } from '../objects/endpoint.model.js';
import { TrafficSetModel } from '../objects/traffic-set.model.js';
import { connectionType } from '../relay/connection.model.js';
import { AccessChangeKindEnum } from './diff.enums.js';
import { MAX_CAUSES } from './diff-limits.js';
import { ObjectChangeModel } from './object-change.model.js';

/** What changed between two endpoints. */
@ObjectType('AccessChange', { description: 'A change of access between two endpoints.' })
export class AccessChangeModel {
  @Field(() => EndpointModel, { description: 'Source: of the head, or of the base when gone.' })
  readonly source!: Endpoint;

  @Field(() => EndpointModel, {
    description: 'Destination: of the head, or of the base when gone.',
  })
  readonly destination!: Endpoint;

  @Field(() => AccessChangeKindEnum, {
    description: 'Whether traffic was opened, closed, or both.',
  })
  readonly kind!: AccessChangeKind;

  @Field(() => TrafficSetModel, {
    description: 'What was allowed in the base, for at least one pair of pods.',
  })
  readonly before!: TrafficSetModel;

  @Field(() => TrafficSetModel, {
    description: 'What is allowed in the head, for at least one pair of pods.',
  })
  readonly after!: TrafficSetModel;

  @Field(() => TrafficSetModel, {
    description:
      'What some pair of pods may exchange now and could not before, even where `before` has it for another pair.',
  })
  readonly opened!: TrafficSetModel;

  @Field(() => TrafficSetModel, {
    description: 'What some pair of pods could exchange before and may not now.',
  })
  readonly closed!: TrafficSetModel;

  @Extensions({ maxLength: MAX_CAUSES })
  @Field(() => [ObjectChangeModel], {
    description: `Which object changes caused it; the first ${MAX_CAUSES} when there are more.`,
  })
  readonly causedBy!: readonly ObjectChangeModel[];
}

/** A page of changes of access. */
export const AccessChangeConnection = connectionType<AccessChangeModel>(
  'AccessChange',
  () => AccessChangeModel,
);
