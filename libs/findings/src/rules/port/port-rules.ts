import type { FindingRule } from '../../finding-rule.js';
import { SERVICE_PORT_INSTEAD_OF_POD_PORT } from './np301-service-port-instead-of-pod-port.js';
import { PORT_NOT_DECLARED } from './np302-port-not-declared.js';
import { NAMED_PORT_UNRESOLVED } from './np303-named-port-unresolved.js';
import { NAMED_PORT_AMBIGUOUS } from './np304-named-port-ambiguous.js';
import { NAMED_PORT_WITHOUT_POD } from './np305-named-port-without-pod.js';
import { PROTOCOL_OMITTED } from './np306-protocol-omitted.js';
import { DNS_ONE_PROTOCOL } from './np307-dns-one-protocol.js';
import { ALL_PORTS_ADMITTED } from './np308-all-ports-admitted.js';
import { SENSITIVE_PORT_WIDE } from './np309-sensitive-port-wide.js';
import { WIDE_PORT_RANGE } from './np310-wide-port-range.js';

/** The rules of the category PORT, in the order of their numbers. */
export const PORT_RULES: readonly FindingRule[] = [
  SERVICE_PORT_INSTEAD_OF_POD_PORT,
  PORT_NOT_DECLARED,
  NAMED_PORT_UNRESOLVED,
  NAMED_PORT_AMBIGUOUS,
  NAMED_PORT_WITHOUT_POD,
  PROTOCOL_OMITTED,
  DNS_ONE_PROTOCOL,
  ALL_PORTS_ADMITTED,
  SENSITIVE_PORT_WIDE,
  WIDE_PORT_RANGE,
];
