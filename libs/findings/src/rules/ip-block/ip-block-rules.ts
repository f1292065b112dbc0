import type { FindingRule } from '../../finding-rule.js';

/** The rules of the category IP_BLOCK, in the order of their numbers. */
export const IP_BLOCK_RULES: readonly FindingRule[] = [];
