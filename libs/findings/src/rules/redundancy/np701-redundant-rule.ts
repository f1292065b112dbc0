import type { RedundantRule } from '@portolan/engine';
import { rulesOf } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { policyNames } from './policy-names.js';
import { withoutRule } from './remove-rule.js';

/** Everything that a rule admits is admitted by other rules for the same pods. */
export const REDUNDANT_RULE: FindingRule = {
  id: 'NP701',
  name: 'redundant-rule',
  category: 'REDUNDANCY',
  severity: 'LOW',
  description: 'Other rules for the same pods admit everything that a rule admits.',
  remediation: 'Remove the rule.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const { view, isComplete } = context;
    const all = context.redundancy.rules;
    const countOf = ({ policy, direction }: RedundantRule): number =>
      all.filter((one) => one.policy === policy && one.direction === direction).length;
    for (const found of all) {
      const { policy, direction, rule, by, isCertain } = found;
      // In a part of a cluster the pods that exist say little.
      if (!isCertain && !isComplete) continue;
      const { spec } = view.policy(policy);
      const rules = rulesOf(spec, direction);
      // NP505 tells of the rule that makes the others superfluous.
      if (rules.some(({ peers, ports }) => peers === null && ports === null)) {
        const { peers, ports } = rules[rule]!;
        if (peers !== null || ports !== null) continue;
      }
      report({
        object: { kind: 'POLICY', index: policy },
        place: { direction, rule, peer: null, port: null },
        key: `${direction} ${JSON.stringify(rules[rule])}`,
        message: `Removing this rule changes nothing${isCertain ? '' : ' for the pods that exist'}: ${reason(context, policy, by)}.`,
        confidence: isCertain ? 'CERTAIN' : 'LIKELY',
        ...(isCertain ? {} : { severity: 'INFO' }),
        fix: withoutRule(spec, direction, rule, countOf(found) === rules.length),
      });
    }
  },
};

function reason(context: FindingContext, policy: number, by: readonly number[]): string {
  const others = by.filter((other) => other !== policy);
  if (others.length === 0) return 'other rules of the policy admit the same';
  const names = policyNames(context, others);
  return others.length < by.length
    ? `other rules of the policy, with ${names}, admit the same`
    : `what it admits is admitted by ${names}`;
}
