import type { FindingRule } from '../../finding-rule.js';
import { NOT_ISOLATED_INGRESS } from './np501-not-isolated-ingress.js';
import { NOT_ISOLATED_EGRESS } from './np502-not-isolated-egress.js';
import { NO_DEFAULT_DENY } from './np503-no-default-deny.js';
import { DEFAULT_DENY_ONE_DIRECTION } from './np504-default-deny-one-direction.js';
import { ALLOW_ALL_RULE } from './np505-allow-all-rule.js';
import { ONE_SIDED_ALLOW } from './np506-one-sided-allow.js';
import { UNPROTECTED_NEWCOMER } from './np507-unprotected-newcomer.js';

/** The rules of the category ISOLATION, in the order of their numbers. */
export const ISOLATION_RULES: readonly FindingRule[] = [
  NOT_ISOLATED_INGRESS,
  NOT_ISOLATED_EGRESS,
  NO_DEFAULT_DENY,
  DEFAULT_DENY_ONE_DIRECTION,
  ALLOW_ALL_RULE,
  ONE_SIDED_ALLOW,
  UNPROTECTED_NEWCOMER,
];
