import { ArgsType, Field, InputType } from '@nestjs/graphql';
import type { FindingCategory, Severity } from '@portolan/model';
import { PageArgs } from '../relay/page.args.js';
import { SeverityEnum } from '../severity/severity.enum.js';
import { LintCategoryEnum } from './finding.enums.js';

/** Which findings are wanted. Read by `readFindingFilter`. */
@InputType('FindingFilter', {
  description: 'Which findings are wanted: those that fit everything that is given.',
})
export class FindingFilterInput {
  @Field(() => [String], {
    nullable: true,
    description: 'Only those of these rules, by id (NP201); one that there is not is an error.',
  })
  readonly rules?: readonly string[] | null;

  @Field(() => [LintCategoryEnum], {
    nullable: true,
    description: 'Only those of rules of these groups.',
  })
  readonly categories?: readonly FindingCategory[] | null;

  @Field(() => SeverityEnum, {
    defaultValue: SeverityEnum.INFO,
    description: 'Only those that are at least as grave.',
  })
  readonly minSeverity!: Severity;

  @Field(() => [String], {
    nullable: true,
    description:
      'Only objects in these namespaces, and the namespaces themselves: a finding that others have too is told of these alone.',
  })
  readonly namespaces?: readonly string[] | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Also those that annotations of their objects silence.',
  })
  readonly includeSuppressed!: boolean;
}

/** Arguments of lists of findings. */
@ArgsType()
export class FindingsArgs extends PageArgs {
  @Field(() => FindingFilterInput, {
    nullable: true,
    description: 'Which ones; default all that nothing silences.',
  })
  readonly filter?: FindingFilterInput | null;
}
