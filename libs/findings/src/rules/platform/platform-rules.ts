import type { FindingRule } from '../../finding-rule.js';

/** The rules of the category PLATFORM, in the order of their numbers. */
export const PLATFORM_RULES: readonly FindingRule[] = [];
