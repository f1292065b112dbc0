import { Field, ObjectType } from '@nestjs/graphql';
import type { Labels } from '@portolan/model';
import { NodeModel } from '../nodes/node.model.js';
import { JsonScalar } from '../scalars/json.scalar.js';
import { EndpointModel } from './endpoint.model.js';
import { KubernetesObjectModel } from './kubernetes-object.model.js';
import type { ObjectOrigin } from './object-origin.js';

/** A namespace of a snapshot. An endpoint as well, for rows grouped by namespace. */
@ObjectType('Namespace', {
  description: 'A namespace that objects of the snapshot declare or use.',
  implements: () => [NodeModel, KubernetesObjectModel, EndpointModel],
})
export class NamespaceModel extends NodeModel {
  readonly origin!: ObjectOrigin;
  readonly stableKey!: string;
  readonly name!: string;

  @Field(() => String, { description: 'The name of the namespace.' })
  readonly displayName!: string;

  @Field(() => JsonScalar, { description: 'Labels, with kubernetes.io/metadata.name added.' })
  readonly labels!: Labels;

  @Field(() => Boolean, { description: 'Whether a Namespace object was in the input.' })
  readonly declared!: boolean;
}
