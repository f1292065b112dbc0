import type { FindingRule } from '../../finding-rule.js';
import { REDUNDANT_RULE } from './np701-redundant-rule.js';
import { REDUNDANT_POLICY } from './np702-redundant-policy.js';
import { DUPLICATE_SPEC } from './np703-duplicate-spec.js';
import { VACUOUS_POLICY } from './np704-vacuous-policy.js';

/** The rules of the category REDUNDANCY, in the order of their numbers. */
export const REDUNDANCY_RULES: readonly FindingRule[] = [
  REDUNDANT_RULE,
  REDUNDANT_POLICY,
  DUPLICATE_SPEC,
  VACUOUS_POLICY,
];
