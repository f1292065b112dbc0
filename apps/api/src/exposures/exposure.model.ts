import { Field, ObjectType } from '@nestjs/graphql';
import type { Direction, ExposureLevel, ExposurePathKind, PathStatus } from '@portolan/model';
import { CaveatModel } from '../caveats/caveat.model.js';
import { DirectionEnum } from '../objects/direction.enum.js';
import type { Endpoint } from '../objects/endpoint.js';
import { EndpointModel } from '../objects/endpoint.model.js';
import { KubernetesObjectModel } from '../objects/kubernetes-object.model.js';
import type { ObjectModel } from '../objects/object.model.js';
import { RouteModel } from '../objects/route.model.js';
import { ServiceModel } from '../objects/service.model.js';
import { TrafficSetModel } from '../objects/traffic-set.model.js';
import { WorkloadModel } from '../objects/workload.model.js';
import { RuleMatchModel } from '../reachability/rule-match.model.js';
import { ExposureLevelEnum, ExposurePathKindEnum, PathStatusEnum } from './exposure.enums.js';

/** A way to a workload. */
@ObjectType('ExposurePath', {
  description: 'A way in which traffic comes to a workload: route, controller, Service, workload.',
})
export class ExposurePathModel {
  @Field(() => ExposurePathKindEnum, { description: 'What kind of way it is.' })
  readonly kind!: ExposurePathKind;

  @Field(() => RouteModel, { nullable: true, description: 'The route; null when there is none.' })
  readonly route!: RouteModel | null;

  @Field(() => WorkloadModel, {
    nullable: true,
    description:
      'The ingress controller or gateway that serves the route; null = none, or not known.',
  })
  readonly via!: WorkloadModel | null;

  @Field(() => ServiceModel, {
    nullable: true,
    description: "The Service; null for the workload's own addresses.",
  })
  readonly service!: ServiceModel | null;

  @Field(() => [String], {
    description: 'Host names of the route; empty = every host, or no route.',
  })
  readonly hosts!: readonly string[];

  @Field(() => TrafficSetModel, { description: 'What passes, in ports of the pods.' })
  readonly traffic!: TrafficSetModel;

  @Field(() => PathStatusEnum, { description: 'Whether some traffic passes.' })
  readonly status!: PathStatus;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it is not open, in words: the side that refuses, and rules that nearly match.',
  })
  readonly reason!: string | null;
}

/** A row of `exposures`. */
@ObjectType('Exposure', { description: "A workload's exposure to peers of one level." })
export class ExposureModel {
  @Field(() => WorkloadModel, { description: 'The workload that is exposed.' })
  readonly workload!: WorkloadModel;

  @Field(() => DirectionEnum, { description: 'Whether peers reach it, or it reaches them.' })
  readonly direction!: Direction;

  @Field(() => ExposureLevelEnum, { description: 'How wide.' })
  readonly level!: ExposureLevel;

  @Field(() => [EndpointModel], {
    description: 'Peers of that level: namespaces, or the networks from which something passes.',
  })
  readonly peers!: readonly Endpoint[];

  @Field(() => TrafficSetModel, {
    description:
      'What some pod of it exchanges with peers of that level, on any path; in ports of the pods. Empty when all paths are blocked.',
  })
  readonly traffic!: TrafficSetModel;

  @Field(() => Boolean, {
    description: 'Whether NetworkPolicies isolate it in this direction: every pod of it.',
  })
  readonly isolated!: boolean;

  @Field(() => [KubernetesObjectModel], {
    description:
      'Published by: Services of type LoadBalancer or NodePort, or with external addresses, and routes, also those that are blocked. Empty when it is reached by its address only.',
  })
  readonly publishedBy!: readonly ObjectModel[];

  @Field(() => [RuleMatchModel], {
    description: 'Rules that let traffic pass directly; empty when nothing isolates.',
  })
  readonly causedBy!: readonly RuleMatchModel[];

  @Field(() => [ExposurePathModel], {
    description: 'Ways in; none for egress.',
  })
  readonly paths!: readonly ExposurePathModel[];

  @Field(() => [CaveatModel], { description: 'What this row rests on.' })
  readonly caveats!: readonly CaveatModel[];
}
