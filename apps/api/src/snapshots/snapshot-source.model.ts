import { Field, Int, ObjectType } from '@nestjs/graphql';
import { GitObjectIdScalar } from '../scalars/git-object-id.scalar.js';
import { UriScalar } from '../scalars/uri.scalar.js';
import { SnapshotSourceKindEnum } from './snapshot-source-kind.enum.js';

/** Where manifests lay in git. */
@ObjectType('GitContext', {
  description: 'Where the manifests of a snapshot lie in git, as the upload said.',
})
export class GitContextModel {
  @Field(() => String, { description: 'Repository, for example github.com/acme/deploy.' })
  readonly repository!: string;

  @Field(() => GitObjectIdScalar, { nullable: true, description: 'The commit that they are of.' })
  readonly commit!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Branch or tag, for example refs/heads/main.',
  })
  readonly ref!: string | null;

  @Field(() => Int, { nullable: true, description: 'Pull or merge request number.' })
  readonly pullRequest!: number | null;

  @Field(() => UriScalar, { nullable: true, description: 'Link to the change.' })
  readonly url!: string | null;
}

/** Where a snapshot comes from. */
@ObjectType('SnapshotSource', {
  description: 'By which way manifests came, from whom, and of which commit.',
})
export class SnapshotSourceModel {
  @Field(() => SnapshotSourceKindEnum, { description: 'By which way they came.' })
  readonly kind!: string;

  @Field(() => GitContextModel, {
    nullable: true,
    description: 'Where they lie in git; null when the upload did not say.',
  })
  readonly git!: GitContextModel | null;

  @Field(() => String, {
    description:
      'Who uploaded it: `anonymous`, or `token:` and the first digits of the SHA-256 of their token.',
  })
  readonly actor!: string;
}
