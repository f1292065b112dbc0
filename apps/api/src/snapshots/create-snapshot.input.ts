import { Field, InputType, Int } from '@nestjs/graphql';
import { Base64Scalar } from '../scalars/base64.scalar.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { GitObjectIdScalar } from '../scalars/git-object-id.scalar.js';
import { UriScalar } from '../scalars/uri.scalar.js';
import { CompletenessEnum } from './completeness.enum.js';
import { DEFAULT_WAIT_SECONDS, MAX_WAIT_SECONDS } from './upload/upload-limits.js';

@InputType({ description: 'One file.' })
export class ManifestFileInput {
  @Field(() => String, { description: 'Path relative to the repository root.' })
  readonly path!: string;

  @Field(() => String, { description: 'Content.' })
  readonly content!: string;
}

@InputType({ isOneOf: true, description: 'Manifests to read. Exactly one field.' })
export class ManifestSourceInput {
  @Field(() => String, {
    nullable: true,
    description: 'YAML or JSON text (a multi-document stream or a List).',
  })
  readonly text?: string | null;

  @Field(() => [ManifestFileInput], {
    nullable: true,
    description: 'Files with their paths, so that answers can point at them.',
  })
  readonly files?: readonly ManifestFileInput[] | null;

  @Field(() => Base64Scalar, { nullable: true, description: 'A gzipped tar, base64 encoded.' })
  readonly tarGz?: string | null;
}

@InputType({ description: 'Git provenance.' })
export class GitContextInput {
  @Field(() => String, { description: 'Repository, for example github.com/acme/deploy.' })
  readonly repository!: string;

  @Field(() => GitObjectIdScalar, { nullable: true, description: 'Commit.' })
  readonly commit?: string | null;

  @Field(() => String, { nullable: true, description: 'Ref.' })
  readonly ref?: string | null;

  @Field(() => Int, { nullable: true, description: 'Pull or merge request number.' })
  readonly pullRequest?: number | null;

  @Field(() => UriScalar, { nullable: true, description: 'Link.' })
  readonly url?: string | null;
}

@InputType({ description: 'Input of createSnapshot.' })
export class CreateSnapshotInput {
  @Field(() => String, { description: 'Cluster slug.' })
  readonly cluster!: string;

  @Field(() => ManifestSourceInput, { description: 'Manifests.' })
  readonly manifests!: ManifestSourceInput;

  @Field(() => CompletenessEnum, {
    defaultValue: 'PARTIAL',
    description: 'Whether these are the whole cluster.',
  })
  readonly completeness!: keyof typeof CompletenessEnum;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the state was read; default now.',
  })
  readonly takenAt?: Date | null;

  @Field(() => GitContextInput, { nullable: true, description: 'Git provenance.' })
  readonly git?: GitContextInput | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Refuse the upload when any document is invalid; otherwise such documents are skipped and reported.',
  })
  readonly strict!: boolean;

  @Field(() => Int, {
    defaultValue: DEFAULT_WAIT_SECONDS,
    description: `Wait this long for the snapshot: 0 to ${MAX_WAIT_SECONDS} seconds.`,
  })
  readonly waitSeconds!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Retries with the same key return the first answer.',
  })
  readonly idempotencyKey?: string | null;

  @Field(() => String, { nullable: true, description: 'Returned as it is.' })
  readonly clientMutationId?: string | null;
}
