import type { FindingRule } from './finding-rule.js';
import { DEPENDENCY_RULES } from './rules/dependency/dependency-rules.js';
import { INPUT_RULES } from './rules/input/input-rules.js';
import { IP_BLOCK_RULES } from './rules/ip-block/ip-block-rules.js';
import { ISOLATION_RULES } from './rules/isolation/isolation-rules.js';
import { PLATFORM_RULES } from './rules/platform/platform-rules.js';
import { PORT_RULES } from './rules/port/port-rules.js';
import { REDUNDANCY_RULES } from './rules/redundancy/redundancy-rules.js';
import { SCHEMA_RULES } from './rules/schema/schema-rules.js';
import { SELECTOR_RULES } from './rules/selector/selector-rules.js';

/** Every rule there is, in the order of their numbers. */
export const ALL_RULES: readonly FindingRule[] = Object.freeze([
  ...SCHEMA_RULES,
  ...SELECTOR_RULES,
  ...PORT_RULES,
  ...IP_BLOCK_RULES,
  ...ISOLATION_RULES,
  ...DEPENDENCY_RULES,
  ...REDUNDANCY_RULES,
  ...PLATFORM_RULES,
  ...INPUT_RULES,
]);
