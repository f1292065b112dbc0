import type { FindingRule } from '../../finding-rule.js';
import { INVALID_OBJECT } from './np101-invalid-object.js';
import { UNKNOWN_FIELD } from './np102-unknown-field.js';
import { REMOVED_API_VERSION } from './np103-removed-api-version.js';
import { MISSING_NAMESPACE } from './np104-missing-namespace.js';
import { DUPLICATE_OBJECT } from './np105-duplicate-object.js';
import { MISSING_POLICY_TYPES } from './np106-missing-policy-types.js';
import { RULES_NOT_IN_POLICY_TYPES } from './np107-rules-not-in-policy-types.js';
import { EMPTY_EGRESS_WITHOUT_TYPE } from './np108-empty-egress-without-type.js';
import { DENY_BY_OMISSION } from './np109-deny-by-omission.js';
import { RULE_SPLIT_BY_DASH } from './np110-rule-split-by-dash.js';
import { NON_STRING_LABEL } from './np111-non-string-label.js';

/** The rules of the category SCHEMA, in the order of their numbers. */
export const SCHEMA_RULES: readonly FindingRule[] = [
  INVALID_OBJECT,
  UNKNOWN_FIELD,
  REMOVED_API_VERSION,
  MISSING_NAMESPACE,
  DUPLICATE_OBJECT,
  MISSING_POLICY_TYPES,
  RULES_NOT_IN_POLICY_TYPES,
  EMPTY_EGRESS_WITHOUT_TYPE,
  DENY_BY_OMISSION,
  RULE_SPLIT_BY_DASH,
  NON_STRING_LABEL,
];
