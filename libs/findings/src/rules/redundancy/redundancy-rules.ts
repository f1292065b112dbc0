import type { FindingRule } from '../../finding-rule.js';

/** The rules of the category REDUNDANCY, in the order of their numbers. */
export const REDUNDANCY_RULES: readonly FindingRule[] = [];
