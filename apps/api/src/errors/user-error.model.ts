import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';
import { SourceLocationModel } from '../objects/source-location.model.js';
import { type UserErrorCode, UserErrorCodeEnum } from './user-error-code.enum.js';

/** What is wrong with what the caller gave. */
@InterfaceType('UserError', { description: 'An expected problem with what the caller gave.' })
export abstract class UserErrorModel {
  @Field(() => UserErrorCodeEnum, { description: 'Stable code.' })
  readonly code!: UserErrorCode;

  @Field(() => String, { description: 'Text.' })
  readonly message!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Path in the input, for example ["input", "manifests", "files", "3"].',
  })
  readonly field!: readonly string[] | null;
}

@ObjectType('InputError', {
  implements: () => [UserErrorModel],
  description: 'A problem with an input value.',
})
export class InputErrorModel extends UserErrorModel {}

@ObjectType('ManifestError', {
  implements: () => [UserErrorModel],
  description: 'A problem in a manifest.',
})
export class ManifestErrorModel extends UserErrorModel {
  @Field(() => SourceLocationModel, { description: 'Where in the manifest.' })
  readonly location!: SourceLocationModel;
}
