import type { FindingRule } from '../../finding-rule.js';
import { DNS_EGRESS_MISSING } from './np601-dns-egress-missing.js';
import { NODE_LOCAL_DNS_MISSING } from './np602-node-local-dns-missing.js';
import { API_SERVER_EGRESS_MISSING } from './np603-api-server-egress-missing.js';
import { WEBHOOK_INGRESS_MISSING } from './np604-webhook-ingress-missing.js';
import { INGRESS_BACKEND_BLOCKED } from './np605-ingress-backend-blocked.js';
import { PUBLISHED_BUT_CLOSED } from './np606-published-but-closed.js';

/** The rules of the category DEPENDENCY, in the order of their numbers. */
export const DEPENDENCY_RULES: readonly FindingRule[] = [
  DNS_EGRESS_MISSING,
  NODE_LOCAL_DNS_MISSING,
  API_SERVER_EGRESS_MISSING,
  WEBHOOK_INGRESS_MISSING,
  INGRESS_BACKEND_BLOCKED,
  PUBLISHED_BUT_CLOSED,
];
