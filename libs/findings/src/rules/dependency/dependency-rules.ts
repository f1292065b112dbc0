import type { FindingRule } from '../../finding-rule.js';

/** The rules of the category DEPENDENCY, in the order of their numbers. */
export const DEPENDENCY_RULES: readonly FindingRule[] = [];
