import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { type UserErrorCode, UserErrorCodeEnum } from './user-error-code.enum.js';

/** What is wrong with what the caller gave. */
@InterfaceType('UserError', { description: 'An expected problem with what the caller gave.' })
export abstract class UserErrorModel {
  @Field(() => UserErrorCodeEnum, { description: 'What is wrong, for programs.' })
  readonly code!: UserErrorCode;

  @Field(() => String, { description: 'What is wrong, for people.' })
  readonly message!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Path in the input, for example ["input", "manifests", "files", "3"].',
  })
  readonly field!: readonly string[] | null;
}

/** A mistake in a value of the input. */
@ObjectType('InputError', {
  implements: () => [UserErrorModel],
  description: 'A mistake in a value of the input.',
})
export class InputErrorModel extends UserErrorModel {}

/** A mistake in a manifest, with its place. */
@ObjectType('ManifestError', {
  implements: () => [UserErrorModel],
  description: 'A mistake in a manifest, for which nothing of the upload was stored.',
})
export class ManifestErrorModel extends UserErrorModel {
  @Field(() => SourceLocationModel, { description: 'File and lines of the mistake.' })
  readonly location!: SourceLocationModel;
}
