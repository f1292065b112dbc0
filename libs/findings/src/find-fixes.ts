import type { Finding } from '@portolan/model';
import { findingOf, groupOf } from './find-all.js';
import { FindingContext, type FindingInput } from './finding-context.js';
import type { FindingRule } from './finding-rule.js';

/**
 * The findings that can be mended mechanically, each of one place in one object: equal ones are not told once, because what is
 * to be edited differs with the place. In the order of the rules.
 */
export function findFixes(input: FindingInput, rules: readonly FindingRule[]): Finding[] {
  const context = new FindingContext(input);
  return rules.flatMap((rule) => {
    const findings: Finding[] = [];
    context.startRule();
    rule.find(context, (found) => {
      if ((found.fix?.edits.length ?? 0) > 0)
        findings.push(findingOf(rule, groupOf(input, rule, found)));
    });
    return findings;
  });
}
