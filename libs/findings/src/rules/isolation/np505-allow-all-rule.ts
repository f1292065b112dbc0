import { type Direction, rulesOf } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';

/** How many policies a message names. */
const NAMED = 3;

/** A rule admits everything, so other rules for the same pods do nothing. */
export const ALLOW_ALL_RULE: FindingRule = {
  id: 'NP505',
  name: 'allow-all-rule',
  category: 'ISOLATION',
  severity: 'MEDIUM',
  description: 'A rule admits everything, so other rules for the same pods do nothing.',
  remediation: 'Remove the rule, or the rules that it makes superfluous.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const { policies, view } = context;
    for (const { policy, direction, at, rule } of policies.rules(policies.networkPolicies())) {
      if (rule.peers !== null || rule.ports !== null) continue;
      const isAlone = rulesOf(policy.spec, direction).length === 1;
      const others = silenced(context, policy.index, direction);
      if (isAlone && others.length === 0) continue;
      const names = others
        .slice(0, NAMED)
        .map((index) => objectName(view, { kind: 'POLICY', index }));
      const more = others.length > NAMED ? ' and others' : '';
      const whose = [
        ...(isAlone ? [] : ['the other rules of the policy']),
        ...(names.length === 0 ? [] : [`those of ${names.join(', ')}${more} for the same pods`]),
      ];
      report({
        object: { kind: 'POLICY', index: policy.index },
        place: { direction, rule: at, peer: null, port: null },
        key: direction,
        message: `This rule admits all ${direction.toLowerCase()}, so ${whose.join(' and ')} do nothing.`,
        fix: {
          text: 'Remove this rule, or the rules that do nothing beside it.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

/** Other policies with rules that isolate pods of a policy. */
function silenced(
  { analysis, view }: FindingContext,
  policy: number,
  direction: Direction,
): number[] {
  const { subjects } = analysis.direction(direction);
  const found = new Set<number>();
  const rows = new Set<number>();
  for (let i = subjects.offsets[policy]!; i < subjects.offsets[policy + 1]!; i++) {
    const one = subjects.items[i]!;
    const row = analysis.rowOf(direction, one);
    if (rows.has(row)) continue;
    rows.add(row);
    for (const other of analysis.isolatingPolicies(direction, one))
      if (other !== policy && rulesOf(view.policy(other).spec, direction).length > 0)
        found.add(other);
  }
  return [...found].sort((a, b) => a - b);
}
