import type { FindingRule } from '../../finding-rule.js';

/** The rules of the category ISOLATION, in the order of their numbers. */
export const ISOLATION_RULES: readonly FindingRule[] = [];
