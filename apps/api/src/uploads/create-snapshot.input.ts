import { Field, InputType, Int } from '@nestjs/graphql';
import { Base64Scalar } from '../scalars/base64.scalar.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { GitObjectIdScalar } from '../scalars/git-object-id.scalar.js';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';
import { UriScalar } from '../scalars/uri.scalar.js';
import { CompletenessEnum } from '../snapshots/completeness.enum.js';
import { SnapshotRefInput } from '../snapshots/snapshot-ref.input.js';
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

  @Field(() => SnapshotRefInput, {
    nullable: true,
    description: 'A snapshot that exists. In reviews only.',
  })
  readonly snapshot?: SnapshotRefInput | null;

  @Field(() => OverlayInput, {
    nullable: true,
    description:
      'Manifests laid over a snapshot: what would the cluster be if these were applied? In reviews only.',
  })
  readonly overlay?: OverlayInput | null;
}

/** Which objects of a snapshot go away. Read by `readPruneScope`. */
@InputType({
  description:
    'Which objects of a snapshot belong to whoever makes the change: those that the manifests do not declare go away. What is given must hold together. Namespaces and nodes never go by `namespaces` and `labels`.',
})
export class PruneScopeInput {
  @Field(() => [String], { nullable: true, description: 'Only in these namespaces.' })
  readonly namespaces?: readonly string[] | null;

  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description:
      'Only with these labels of their own, for example `app.kubernetes.io/instance=shop`.',
  })
  readonly labels?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Also whatever the manifests of the base declare. For the head of a review whose base has manifests.',
  })
  readonly folder!: boolean;
}

/** Names an object. */
@InputType({ description: 'Names a Kubernetes object.' })
export class ObjectRefInput {
  @Field(() => String, { description: 'Kind, for example NetworkPolicy.' })
  readonly kind!: string;

  @Field(() => String, { nullable: true, description: 'Namespace; null for kinds without.' })
  readonly namespace?: string | null;

  @Field(() => String, { description: 'Name.' })
  readonly name!: string;
}

/** Manifests over a snapshot. Never stored. */
@InputType({ description: 'Manifests laid over a snapshot.' })
export class OverlayInput {
  @Field(() => SnapshotRefInput, {
    description: "What is underneath, normally the cluster's latest snapshot.",
  })
  readonly base!: SnapshotRefInput;

  @Field(() => ManifestSourceInput, {
    description: 'What is on top: `text`, `files` or `tarGz`.',
  })
  readonly manifests!: ManifestSourceInput;

  @Field(() => PruneScopeInput, {
    nullable: true,
    description: 'What goes away when the manifests do not declare it. Omit to delete nothing.',
  })
  readonly prune?: PruneScopeInput | null;

  @Field(() => [ObjectRefInput], {
    nullable: true,
    description: 'Objects to delete in addition; of a Namespace everything in it.',
  })
  readonly delete?: readonly ObjectRefInput[] | null;
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
