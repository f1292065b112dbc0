import type { FindingRule } from '../../finding-rule.js';

/** The rules of the category INPUT, in the order of their numbers. */
export const INPUT_RULES: readonly FindingRule[] = [];
