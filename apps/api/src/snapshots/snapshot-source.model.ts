import { Field, Int, ObjectType } from '@nestjs/graphql';
import { GitObjectIdScalar } from '../scalars/git-object-id.scalar.js';
import { UriScalar } from '../scalars/uri.scalar.js';
import { SnapshotSourceKindEnum } from './snapshot-source-kind.enum.js';

@ObjectType('GitContext', { description: 'Git provenance.' })
export class GitContextModel {
  @Field(() => String, { description: 'Repository, for example github.com/acme/deploy.' })
  readonly repository!: string;

  @Field(() => GitObjectIdScalar, { nullable: true, description: 'Commit.' })
  readonly commit!: string | null;

  @Field(() => String, { nullable: true, description: 'Ref.' })
  readonly ref!: string | null;

  @Field(() => Int, { nullable: true, description: 'Pull or merge request number.' })
  readonly pullRequest!: number | null;

  @Field(() => UriScalar, { nullable: true, description: 'Link to the change.' })
  readonly url!: string | null;
}

@ObjectType('SnapshotSource', { description: 'Where manifests came from.' })
export class SnapshotSourceModel {
  @Field(() => SnapshotSourceKindEnum, { description: 'Kind of source.' })
  readonly kind!: string;

  @Field(() => GitContextModel, { nullable: true, description: 'Git provenance.' })
  readonly git!: GitContextModel | null;

  @Field(() => String, {
    description:
      'Who uploaded it: `anonymous`, or `token:` and the first digits of the SHA-256 of their token.',
  })
  readonly actor!: string;
}
