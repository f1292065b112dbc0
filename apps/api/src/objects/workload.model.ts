import { Field, ObjectType } from '@nestjs/graphql';
import type { Labels, WorkloadKind } from '@portolan/model';
import { NodeModel } from '../nodes/node.model.js';
import { JsonScalar } from '../scalars/json.scalar.js';
import { ContainerPortModel } from './container-port.model.js';
import { EndpointModel } from './endpoint.model.js';
import { KubernetesObjectModel } from './kubernetes-object.model.js';
import type { ObjectOrigin } from './object-origin.js';
import { WorkloadKindEnum } from './workload-kind.enum.js';

/** A workload of a snapshot. */
@ObjectType('Workload', {
  description: 'Pods that share a top owner.',
  implements: () => [NodeModel, KubernetesObjectModel, EndpointModel],
})
export class WorkloadModel extends NodeModel {
  readonly origin!: ObjectOrigin;
  readonly stableKey!: string;
  readonly name!: string;

  @Field(() => String, { description: 'For example `shop/web (Deployment)`.' })
  readonly displayName!: string;

  @Field(() => JsonScalar, {
    description: 'Pod labels (from the template, else of the first pod).',
  })
  readonly labels!: Labels;

  @Field(() => WorkloadKindEnum, { description: 'Kind.' })
  readonly kind!: WorkloadKind;

  @Field(() => [ContainerPortModel], { description: 'Declared container ports.' })
  readonly containerPorts!: readonly ContainerPortModel[];

  @Field(() => Boolean, {
    description: "Whether its pods use the host's network; policies do not govern them then.",
  })
  readonly hostNetwork!: boolean;
}
