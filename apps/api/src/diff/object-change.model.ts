import { Field, ObjectType } from '@nestjs/graphql';
import type { ChangedObjectKind, ObjectChange } from '@portolan/model';
import { KubernetesObjectModel } from '../objects/kubernetes-object.model.js';
import type { ObjectModel } from '../objects/object.model.js';
import { connectionType } from '../relay/connection.model.js';
import { ChangedObjectKindEnum, ObjectChangeKindEnum } from './diff.enums.js';

/** An object that differs between two snapshots. */
@ObjectType('ObjectChange', { description: 'A changed object.' })
export class ObjectChangeModel {
  @Field(() => ObjectChangeKindEnum, { description: 'Kind of change.' })
  readonly change!: ObjectChange['change'];

  @Field(() => ChangedObjectKindEnum, { description: 'Kind of object.' })
  readonly kind!: ChangedObjectKind;

  @Field(() => String, {
    description:
      'For example `shop/web (Deployment)`, `NetworkPolicy shop/web-allow` or `AdminNetworkPolicy deny-metadata`.',
  })
  readonly displayName!: string;

  @Field(() => [String], {
    description:
      'What differs, for example `labels` or `spec.ingress[0]`; empty when added or removed.',
  })
  readonly fields!: readonly string[];

  @Field(() => KubernetesObjectModel, {
    nullable: true,
    description: 'Before; null when added, and for nodes.',
  })
  readonly before!: ObjectModel | null;

  @Field(() => KubernetesObjectModel, {
    nullable: true,
    description: 'After; null when removed, and for nodes.',
  })
  readonly after!: ObjectModel | null;

  @Field(() => Boolean, { description: 'Whether it changed any allowed traffic.' })
  readonly affectsAccess!: boolean;
}

export const ObjectChangeConnection = connectionType<ObjectChangeModel>(
  'ObjectChange',
  () => ObjectChangeModel,
);
