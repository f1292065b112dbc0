import type { FindingRule } from '../../finding-rule.js';
import { TEMPLATE_NOT_RENDERED } from './np901-template-not-rendered.js';
import { UNSUPPORTED_POLICY_KIND } from './np902-unsupported-policy-kind.js';
import { NAMESPACE_NOT_DECLARED } from './np903-namespace-not-declared.js';
import { PROBLEMS_OMITTED } from './np904-problems-omitted.js';

/** The rules of the category INPUT, in the order of their numbers. */
export const INPUT_RULES: readonly FindingRule[] = [
  TEMPLATE_NOT_RENDERED,
  UNSUPPORTED_POLICY_KIND,
  NAMESPACE_NOT_DECLARED,
  PROBLEMS_OMITTED,
];
