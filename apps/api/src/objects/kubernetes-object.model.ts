import { Field, ID, InterfaceType } from '@nestjs/graphql';
import type { Labels } from '@portolan/model';
import { JsonScalar } from '../scalars/json.scalar.js';
import { SourceLocationModel } from '../locations/source-location.model.js';

/** What all indexed Kubernetes objects have. */
@InterfaceType('KubernetesObject', {
  description: 'Fields that all indexed Kubernetes objects share.',
})
export abstract class KubernetesObjectModel {
  @Field(() => ID, { description: 'Global ID; differs between snapshots.' })
  readonly id!: string;

  @Field(() => String, {
    description: 'Same for the same object (kind, namespace, name) in every snapshot of a cluster.',
  })
  readonly stableKey!: string;

  @Field(() => String, { description: 'Name of the object, as in `metadata.name`.' })
  readonly name!: string;

  @Field(() => JsonScalar, {
    description: 'Labels of the object, as in `metadata.labels`; of a workload those of its pods.',
  })
  readonly labels!: Labels;

  @Field(() => SourceLocationModel, {
    nullable: true,
    description: 'Where it is declared; null when only implied by other objects.',
  })
  readonly location!: SourceLocationModel | null;
}
