import { Field, ObjectType } from '@nestjs/graphql';
import { ALL_RULES, findingDocsUrl } from '@portolan/findings';
import { type FindingCategory, invariant, type Severity } from '@portolan/model';
import { UriScalar } from '../scalars/uri.scalar.js';
import { newModel } from '../schema/new-model.js';
import { SeverityEnum } from '../severity/severity.enum.js';
import { LintCategoryEnum } from './finding.enums.js';

/** A rule of the catalogue. */
@ObjectType('LintRule', { description: 'A rule that looks for a mistake in policies.' })
export class LintRuleModel {
  @Field(() => String, { description: 'Stable: NP201.' })
  readonly id!: string;

  @Field(() => String, { description: 'Stable, too: policy-selects-nothing.' })
  readonly name!: string;

  @Field(() => LintCategoryEnum, { description: 'The group that it is of.' })
  readonly category!: FindingCategory;

  @Field(() => SeverityEnum, {
    description:
      'Severity of its findings in a COMPLETE snapshot, unless it knows better in the case at hand.',
  })
  readonly defaultSeverity!: Severity;

  @Field(() => String, { description: 'What triggers it.' })
  readonly description!: string;

  @Field(() => String, { description: 'What to do about it.' })
  readonly remediation!: string;

  @Field(() => UriScalar, { description: 'Its page: what it means, why it hurts, how to mend it.' })
  readonly docsUrl!: string;

  @Field(() => Boolean, {
    description:
      'Whether what it says holds only where the snapshot is the whole cluster: in a PARTIAL one its findings are INFO.',
  })
  readonly needsCompleteSnapshot!: boolean;
}

/** All rules, in their order. */
export const LINT_RULES: readonly LintRuleModel[] = ALL_RULES.map((rule) =>
  newModel(LintRuleModel, {
    id: rule.id,
    name: rule.name,
    category: rule.category,
    defaultSeverity: rule.severity,
    description: rule.description,
    remediation: rule.remediation,
    docsUrl: findingDocsUrl(rule.id),
    needsCompleteSnapshot: rule.needsCompleteSnapshot,
  }),
);

const BY_ID = new Map(LINT_RULES.map((rule) => [rule.id, rule]));

/** Whether there is a rule of that id. */
export function isRule(id: string): boolean {
  return BY_ID.has(id);
}

/** The rule of a finding. */
export function ruleOf(id: string): LintRuleModel {
  const rule = BY_ID.get(id);
  invariant(rule !== undefined, 'a finding has a rule');
  return rule;
}
