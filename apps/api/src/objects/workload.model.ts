import { Field, ObjectType } from '@nestjs/graphql';
import type { WorkloadKind } from '@portolan/model';
import { NodeModel } from '../nodes/node.model.js';
import { EndpointModel } from './endpoint.model.js';
import { KubernetesObjectModel } from './kubernetes-object.model.js';
import type { ObjectOrigin } from './object-origin.js';
import { WorkloadKindEnum } from '../endpoints/workload-kind.enum.js';

/** A workload of a snapshot, as far as an answer refers to it; the rest is read by field resolvers. */
@ObjectType('Workload', {
  description:
    'Pods that share a top owner, such as a Deployment; the unit that answers are grouped by.',
  implements: () => [NodeModel, KubernetesObjectModel, EndpointModel],
})
export class WorkloadModel extends NodeModel {
  readonly origin!: ObjectOrigin;
  readonly stableKey!: string;
  readonly name!: string;

  @Field(() => String, { description: 'For example `shop/web (Deployment)`.' })
  readonly displayName!: string;

  @Field(() => WorkloadKindEnum, { description: 'What makes its pods.' })
  readonly kind!: WorkloadKind;
}
