import { Field, InputType, Int } from '@nestjs/graphql';
import type { Severity } from '@portolan/model';
import { GitContextInput, ManifestSourceInput } from '../uploads/create-snapshot.input.js';
import { ConfigFileInput, ExceptionsFileInput, InlineExceptionInput } from './exception.input.js';
import { InlineInvariantInput, InvariantsFileInput } from './invariants/invariant.input.js';
import { GateRuleEnum } from './gate-rules.js';
import { type GateAction, GateActionEnum } from './review.enums.js';
import { DEFAULT_REVIEW_WAIT_SECONDS, MAX_REVIEW_WAIT_SECONDS } from './review-limits.js';
import { SeverityEnum } from '../severity/severity.enum.js';

/** A gate that is asked for. */
@InputType({ description: 'A rule that the change must satisfy.' })
export class GateInput {
  @Field(() => GateRuleEnum, { description: 'The rule.' })
  readonly rule!: string;

  @Field(() => GateActionEnum, {
    defaultValue: 'FAIL',
    description: 'What happens when it does not hold.',
  })
  readonly action!: GateAction;

  @Field(() => SeverityEnum, {
    nullable: true,
    description: 'For rules about findings: only those that are at least this grave.',
  })
  readonly minSeverity?: Severity | null;
}

/** A change to be reviewed. Read by `readReviewInput`. */
@InputType({ description: 'A change, and what it is compared with and judged by.' })
export class CreateChangeReviewInput {
  @Field(() => String, { description: 'Slug of the cluster.' })
  readonly cluster!: string;

  @Field(() => ManifestSourceInput, { description: 'After the change.' })
  readonly head!: ManifestSourceInput;

  @Field(() => ManifestSourceInput, {
    nullable: true,
    description:
      "Before the change. Default: the snapshot that the head is laid over, or the cluster's latest snapshot.",
  })
  readonly base?: ManifestSourceInput | null;

  @Field(() => String, {
    defaultValue: '',
    description:
      'What is reviewed of the repository, for example `deploy`: in the report and in `commentMarker`.',
  })
  readonly path!: string;

  @Field(() => GitContextInput, { nullable: true, description: 'Where the head lies in git.' })
  readonly git?: GitContextInput | null;

  @Field(() => [GateInput], {
    nullable: true,
    description: 'Rules; default those of the command line.',
  })
  readonly gates?: readonly GateInput[] | null;

  @Field(() => [InlineExceptionInput], {
    nullable: true,
    description: 'Exceptions of the base.',
  })
  readonly exceptions?: readonly InlineExceptionInput[] | null;

  @Field(() => ExceptionsFileInput, {
    nullable: true,
    description: 'A file of exceptions; those of its base count beside `exceptions`.',
  })
  readonly exceptionsFile?: ExceptionsFileInput | null;

  @Field(() => [InlineInvariantInput], {
    nullable: true,
    description: 'Invariants of both states.',
  })
  readonly invariants?: readonly InlineInvariantInput[] | null;

  @Field(() => InvariantsFileInput, {
    nullable: true,
    description: 'A file of invariants; those of its base count beside `invariants`.',
  })
  readonly invariantsFile?: InvariantsFileInput | null;

  @Field(() => ConfigFileInput, {
    nullable: true,
    description: 'A file of settings: severities of rules of findings.',
  })
  readonly configFile?: ConfigFileInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'The day on which exceptions have to hold: 2026-03-01. Default today, in UTC.',
  })
  readonly today?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Refuse the review when anything in the manifests cannot be used.',
  })
  readonly strict!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Take a head without objects for a folder that is empty. Otherwise it is refused.',
  })
  readonly allowEmpty!: boolean;

  @Field(() => Int, {
    defaultValue: DEFAULT_REVIEW_WAIT_SECONDS,
    description: `Wait this long for the result: 0 to ${MAX_REVIEW_WAIT_SECONDS} seconds.`,
  })
  readonly waitSeconds!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Retries with the same key return the first review.',
  })
  readonly idempotencyKey?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text; the payload returns it as it is.',
  })
  readonly clientMutationId?: string | null;
}
