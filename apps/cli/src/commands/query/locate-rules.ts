import type { LocateRule } from '@portolan/engine';
import { policyName, type RuleMatch, rulePath, SourceView } from '@portolan/model';
import type { Analysed } from '../../input/analyse.js';

/** Finds where rules are: `policies/web.yaml:12`. */
export function ruleLocator({ content, analysis }: Analysed): LocateRule {
  const sources = new SourceView(
    analysis.view,
    content.parts.map(({ namespace, sources }) => ({ namespace, ...sources })),
  );
  return (rule) => {
    const location = sources.locateRule(rule);
    return location === null ? null : `${location.path}:${location.startLine}`;
  };
}

/** `NetworkPolicy shop/web spec.ingress[0].from[1] (policies/web.yaml:12)`. */
export function ruleText(
  { analysis: { view } }: Analysed,
  rule: RuleMatch,
  locate: LocateRule,
): string {
  const policy = view.policy(rule.policy);
  const namespace = policy.namespace < 0 ? null : view.namespaceName(policy.namespace);
  const place = locate(rule);
  const where = place === null ? '' : ` (${place})`;
  return `${policyName(namespace, policy)} ${rulePath(rule.direction, rule.rule, rule.peer)}${where}`;
}
