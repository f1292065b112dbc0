import type { FindingRule } from '../../finding-rule.js';
import { POLICY_SELECTS_NOTHING } from './np201-policy-selects-nothing.js';
import { PEER_SELECTS_NOTHING } from './np202-peer-selects-nothing.js';
import { NAMESPACE_SELECTOR_MATCHES_NOTHING } from './np203-namespace-selector-matches-nothing.js';
import { LABEL_NEAR_MISS } from './np204-label-near-miss.js';
import { NAMESPACE_NAME_LABEL_MISSING } from './np205-namespace-name-label.js';
import { OR_INSTEAD_OF_AND } from './np206-or-instead-of-and.js';
import { POD_SELECTOR_OTHER_NAMESPACE } from './np207-pod-selector-other-namespace.js';
import { SPOOFABLE_PEER } from './np208-spoofable-peer.js';
import { TENANT_SET_NAMESPACE_LABEL } from './np209-tenant-set-namespace-label.js';
import { CONTRADICTORY_SELECTOR } from './np210-contradictory-selector.js';
import { VOLATILE_LABEL } from './np211-volatile-label.js';
import { HOST_NETWORK_SUBJECT } from './np212-host-network-subject.js';
import { HOST_NETWORK_PEER } from './np213-host-network-peer.js';

/** The rules of the category SELECTOR, in the order of their numbers. */
export const SELECTOR_RULES: readonly FindingRule[] = [
  POLICY_SELECTS_NOTHING,
  PEER_SELECTS_NOTHING,
  NAMESPACE_SELECTOR_MATCHES_NOTHING,
  LABEL_NEAR_MISS,
  NAMESPACE_NAME_LABEL_MISSING,
  OR_INSTEAD_OF_AND,
  POD_SELECTOR_OTHER_NAMESPACE,
  SPOOFABLE_PEER,
  TENANT_SET_NAMESPACE_LABEL,
  CONTRADICTORY_SELECTOR,
  VOLATILE_LABEL,
  HOST_NETWORK_SUBJECT,
  HOST_NETWORK_PEER,
];
