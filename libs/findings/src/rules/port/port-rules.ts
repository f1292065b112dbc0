import type { FindingRule } from '../../finding-rule.js';

/** The rules of the category PORT, in the order of their numbers. */
export const PORT_RULES: readonly FindingRule[] = [];
