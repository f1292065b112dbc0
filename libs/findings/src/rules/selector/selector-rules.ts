import type { FindingRule } from '../../finding-rule.js';
import { POLICY_SELECTS_NOTHING } from './np201-policy-selects-nothing.js';

/** The rules of the category SELECTOR, in the order of their numbers. */
export const SELECTOR_RULES: readonly FindingRule[] = [POLICY_SELECTS_NOTHING];
