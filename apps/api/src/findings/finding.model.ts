import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Confidence, Finding, FindingObject, Severity } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { SeverityEnum } from '../severity/severity.enum.js';
import { FindingConfidenceEnum } from './finding.enums.js';
import { LintRuleModel } from './lint-rule.model.js';

/** How a finding can be mended. */
@ObjectType('FindingFix', { description: 'How a finding can be mended.' })
export class FindingFixModel {
  @Field(() => String, { description: 'In words, for the case at hand.' })
  readonly text!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What to write instead, as YAML; null where it takes a person to decide.',
  })
  readonly yaml!: string | null;
}

/** Why a finding is silenced. */
@ObjectType('FindingSuppression', {
  description: 'The annotation `portolan.dev/ignore` of an object, for one rule.',
})
export class FindingSuppressionModel {
  @Field(() => String, { description: 'Why, as it stands there.' })
  readonly reason!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The last day on which it holds, 2027-01-31; null = for good.',
  })
  readonly until!: string | null;
}

/** An object that has a finding. Object and place are found by FindingSubjectResolver. */
@ObjectType('FindingSubject', { description: 'An object that has a finding.' })
export class FindingSubjectModel {
  readonly snapshot!: IndexedSnapshot;
  readonly about!: FindingObject;

  @Field(() => String, { description: 'Its kind and name: NetworkPolicy shop/web.' })
  readonly objectName!: string;

  @Field(() => String, {
    description: 'Equal for the same finding of the same object in every snapshot.',
  })
  readonly fingerprint!: string;
}

/** A row of `findings`. Object, place and further objects are found by FindingResolver. */
@ObjectType('Finding', {
  description: 'What a rule has found; what is equal is told once, with all objects that have it.',
})
export class FindingModel {
  readonly snapshot!: IndexedSnapshot;
  readonly finding!: Finding;

  @Field(() => ID, {
    description:
      'Unique, for caches of clients; `node` does not find it. What is the same in another snapshot has the same `fingerprint`.',
  })
  readonly id!: string;

  @Field(() => LintRuleModel, { description: 'The rule that found it.' })
  readonly rule!: LintRuleModel;

  @Field(() => SeverityEnum, {
    description:
      'How grave it is here; lowered in PARTIAL snapshots where the rule needs a COMPLETE one.',
  })
  readonly severity!: Severity;

  @Field(() => FindingConfidenceEnum, { description: 'How sure it is.' })
  readonly confidence!: Confidence;

  @Field(() => String, {
    description: 'What is wrong, in a sentence that does not name the object.',
  })
  readonly message!: string;

  @Field(() => String, {
    description: 'Kind and name of the first object that has it: NetworkPolicy shop/web.',
  })
  readonly objectName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'JSON path in the object: spec.ingress[0].from[1]; null = the object as a whole.',
  })
  readonly path!: string | null;

  @Field(() => FindingFixModel, {
    nullable: true,
    description: 'How to mend it; null where the rule says no more than its remediation.',
  })
  readonly fix!: FindingFixModel | null;

  @Field(() => String, {
    description:
      'Equal for the same finding of the same object in every snapshot, as in reports, baselines and exceptions.',
  })
  readonly fingerprint!: string;

  @Field(() => Int, { description: 'How many places have it: objects, and places in them.' })
  readonly occurrences!: number;

  @Field(() => FindingSuppressionModel, {
    nullable: true,
    description: 'Why it counts for nothing: an annotation of the object; null = it counts.',
  })
  readonly suppressed!: FindingSuppressionModel | null;
}
