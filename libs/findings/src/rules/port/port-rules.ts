import type { FindingRule } from '../../finding-rule.js';
import { PROTOCOL_OMITTED } from './np306-protocol-omitted.js';

/** The rules of the category PORT, in the order of their numbers. */
export const PORT_RULES: readonly FindingRule[] = [PROTOCOL_OMITTED];
