import { Field, ObjectType } from '@nestjs/graphql';
import type { Endpoint } from '../objects/endpoint.js';
import { EndpointModel } from '../objects/endpoint.model.js';
import { TrafficSetModel } from '../objects/traffic-set.model.js';
import { AccessReasonModel } from './access-reason.model.js';
import { CaveatModel } from '../caveats/caveat.model.js';

/** A row of an answer. */
@ObjectType('AllowedAccess', { description: 'Allowed traffic from one endpoint to another.' })
export class AllowedAccessModel {
  @Field(() => EndpointModel, { description: 'Where the traffic comes from.' })
  readonly source!: Endpoint;

  @Field(() => EndpointModel, { description: 'Where the traffic goes to.' })
  readonly destination!: Endpoint;

  @Field(() => TrafficSetModel, {
    description:
      'All traffic allowed, of what was asked about. For endpoints of several pods: what at least one pod of the source may send to at least one pod of the destination.',
  })
  readonly traffic!: TrafficSetModel;

  /** Made when asked for: most queries want to know what is allowed, not why. */
  readonly reasons!: Readonly<Record<'egress' | 'ingress', () => AccessReasonModel>>;

  @Field(() => AccessReasonModel, { description: 'Why the egress side lets it pass.' })
  get egressReason(): AccessReasonModel {
    return this.reasons.egress();
  }

  @Field(() => AccessReasonModel, { description: 'Why the ingress side lets it pass.' })
  get ingressReason(): AccessReasonModel {
    return this.reasons.ingress();
  }

  @Field(() => [CaveatModel], {
    description: 'What this row rests on, beside the caveats of the whole answer.',
  })
  readonly caveats!: readonly CaveatModel[];
}
