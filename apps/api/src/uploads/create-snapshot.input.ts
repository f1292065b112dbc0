import { Field, InputType, Int } from '@nestjs/graphql';
import { Base64Scalar } from '../scalars/base64.scalar.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { GitObjectIdScalar } from '../scalars/git-object-id.scalar.js';
import { UriScalar } from '../scalars/uri.scalar.js';
import { CompletenessEnum } from '../snapshots/completeness.enum.js';
import { DEFAULT_WAIT_SECONDS, MAX_WAIT_SECONDS } from './upload-limits.js';

/** A file of an upload. */
@InputType({ description: 'A file of manifests.' })
export class ManifestFileInput {
  @Field(() => String, { description: 'Path relative to the repository root.' })
  readonly path!: string;

  @Field(() => String, { description: 'The YAML or JSON in it.' })
  readonly content!: string;
}

/** The manifests of an upload. Read by `readInlineUpload`. */
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

/** Where manifests lie in git. Checked by `readUploadOptions`. */
@InputType({ description: 'Where the manifests lie in git.' })
export class GitContextInput {
  @Field(() => String, { description: 'Repository, for example github.com/acme/deploy.' })
  readonly repository!: string;

  @Field(() => GitObjectIdScalar, {
    nullable: true,
    description: 'The commit that they are of, in full; the snapshot can be found by it.',
  })
  readonly commit?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Branch or tag, for example refs/heads/main.',
  })
  readonly ref?: string | null;

  @Field(() => Int, { nullable: true, description: 'Pull or merge request number.' })
  readonly pullRequest?: number | null;

  @Field(() => UriScalar, {
    nullable: true,
    description: 'Link to the change, https:// or http://.',
  })
  readonly url?: string | null;
}

/** An upload, and what is said about it. */
@InputType({ description: 'Manifests, and what is said about them.' })
export class CreateSnapshotInput {
  @Field(() => String, { description: 'Slug of the cluster that they are of.' })
  readonly cluster!: string;

  @Field(() => ManifestSourceInput, { description: 'The manifests themselves.' })
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

  @Field(() => GitContextInput, {
    nullable: true,
    description: 'Where they lie in git; kept with the snapshot.',
  })
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

  @Field(() => String, {
    nullable: true,
    description: 'Any text; the payload returns it as it is.',
  })
  readonly clientMutationId?: string | null;
}
