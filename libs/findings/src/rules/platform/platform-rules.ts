import type { FindingRule } from '../../finding-rule.js';
import { NOT_ENFORCED } from './np801-not-enforced.js';
import { UNSUPPORTED_BY_PLATFORM } from './np802-unsupported-by-platform.js';
import { OVERRIDDEN_BY_ADMIN_POLICY } from './np803-overridden-by-admin-policy.js';

/** The rules of the category PLATFORM, in the order of their numbers. */
export const PLATFORM_RULES: readonly FindingRule[] = [
  NOT_ENFORCED,
  UNSUPPORTED_BY_PLATFORM,
  OVERRIDDEN_BY_ADMIN_POLICY,
];
