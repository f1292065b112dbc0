import { Field, ObjectType } from '@nestjs/graphql';
import type { ChangedObjectKind, ObjectChange } from '@portolan/model';
import { KubernetesObjectModel } from '../objects/kubernetes-object.model.js';
import type { ObjectModel } from '../objects/object.model.js';
import { connectionType } from '../relay/connection.model.js';
import { ChangedObjectKindEnum, ObjectChangeKindEnum } from './diff.enums.js';

/** An object that differs between two snapshots. */
@ObjectType('ObjectChange', { description: 'An object that differs between base and head.' })
export class ObjectChangeModel {
  @Field(() => ObjectChangeKindEnum, { description: 'Whether it was added, removed or changed.' })
  readonly change!: ObjectChange['change'];

  @Field(() => ChangedObjectKindEnum, { description: 'What it is.' })
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
    description: 'The object in the base; null when added, and for nodes.',
  })
  readonly before!: ObjectModel | null;

  @Field(() => KubernetesObjectModel, {
    nullable: true,
    description: 'The object in the head; null when removed, and for nodes.',
  })
  readonly after!: ObjectModel | null;

  @Field(() => Boolean, { description: 'Whether it changed any allowed traffic.' })
  readonly affectsAccess!: boolean;
}

/** A page of changed objects. */
export const ObjectChangeConnection = connectionType<ObjectChangeModel>(
  'ObjectChange',
  () => ObjectChangeModel,
);
