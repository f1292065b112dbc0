import type { FindingRule } from '../../finding-rule.js';
import { INTERNET_INGRESS } from './np401-internet-ingress.js';
import { INTERNET_EGRESS } from './np402-internet-egress.js';
import { INTERNET_BY_PARTS } from './np403-internet-by-parts.js';
import { IP_BLOCK_MATCHES_PODS } from './np404-ip-block-matches-pods.js';
import { IP_BLOCK_SERVICE_ADDRESS } from './np405-ip-block-service-address.js';
import { EXCEPT_HAS_NO_EFFECT } from './np406-except-has-no-effect.js';
import { METADATA_SERVICE_REACHABLE } from './np407-metadata-service-reachable.js';
import { IP_FAMILY_GAP } from './np408-ip-family-gap.js';
import { SOURCE_ADDRESS_HIDDEN } from './np409-source-address-hidden.js';
import { HOST_BITS_SET } from './np410-host-bits-set.js';

/** The rules of the category IP_BLOCK, in the order of their numbers. */
export const IP_BLOCK_RULES: readonly FindingRule[] = [
  INTERNET_INGRESS,
  INTERNET_EGRESS,
  INTERNET_BY_PARTS,
  IP_BLOCK_MATCHES_PODS,
  IP_BLOCK_SERVICE_ADDRESS,
  EXCEPT_HAS_NO_EFFECT,
  METADATA_SERVICE_REACHABLE,
  IP_FAMILY_GAP,
  SOURCE_ADDRESS_HIDDEN,
  HOST_BITS_SET,
];
