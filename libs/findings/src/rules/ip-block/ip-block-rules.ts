import type { FindingRule } from '../../finding-rule.js';
import { HOST_BITS_SET } from './np410-host-bits-set.js';

/** The rules of the category IP_BLOCK, in the order of their numbers. */
export const IP_BLOCK_RULES: readonly FindingRule[] = [HOST_BITS_SET];
