import type { FindingRule } from '../../finding-rule.js';

/** The rules of the category SCHEMA, in the order of their numbers. */
export const SCHEMA_RULES: readonly FindingRule[] = [];
