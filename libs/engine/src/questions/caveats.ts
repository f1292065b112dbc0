import {
  type AllowedAccess,
  type Caveat,
  type CaveatCode,
  compareText,
  type Direction,
  rulesOf,
  type RuleMatch,
  type TrafficQuery,
} from '@portolan/model';
import { type Analysis, opposite } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NOT_ISOLATED } from '../snapshot-index.js';
import type { AskedTraffic } from './asked-traffic.js';
import type { ResolvedEndpoint } from './resolve-endpoint.js';

const MESSAGES = {
  HOST_NETWORK:
    "A hostNetwork pod takes part: policies have no such pod as subject, its traffic is its node's, and what a network plugin does with it differs.",
  IP_BLOCK_MATCHES_PODS:
    'An ipBlock rule is taken to match the addresses of pods, as most network plugins do; the NetworkPolicy API leaves this open.',
  POD_ADDRESS_UNKNOWN:
    'An ipBlock rule takes part and some pods have no known address (status.podIPs): the rule is taken not to match them.',
  SOURCE_ADDRESS_MAY_BE_TRANSLATED:
    'An ipBlock rule looks at addresses outside the cluster: load balancers, node ports and NAT may change the address before the rule sees it.',
  NAMED_PORT_UNRESOLVED:
    'A port name does not resolve on a destination pod: it opens nothing there.',
  NAMED_PORT_AMBIGUOUS: 'A port name means different numbers on the destination pods.',
  NAMESPACE_NOT_DECLARED:
    'A namespace takes part that the input uses but does not declare: it is taken to have no label but kubernetes.io/metadata.name, and a namespaceSelector looks at other labels.',
  NODE_LOCAL_ALWAYS_ALLOWED:
    'Traffic between a pod and its own node is always allowed, whatever policies say.',
  NON_IP_PROTOCOL_UNDEFINED:
    'Protocols other than TCP, UDP and SCTP (for example ICMP) are undefined by the NetworkPolicy API.',
  RESULT_TRUNCATED: 'The answer is cut at a limit: there is more than it lists.',
} as const satisfies Partial<Record<CaveatCode, string>>;

export type EngineCaveat = keyof typeof MESSAGES;

/** Collects what an answer rests on, each once. */
export class Caveats {
  readonly #codes = new Set<EngineCaveat>();

  add(code: EngineCaveat): void {
    this.#codes.add(code);
  }

  addIf(condition: boolean, code: EngineCaveat): void {
    if (condition) this.#codes.add(code);
  }

  addAll(rows: readonly Pick<AllowedAccess, 'caveats'>[]): void {
    for (const { caveats } of rows)
      for (const { code } of caveats) if (code in MESSAGES) this.#codes.add(code as EngineCaveat);
  }

  list(): Caveat[] {
    return [...this.#codes].sort(compareText).map((code) => ({ code, message: MESSAGES[code] }));
  }
}

/** Whether a matched rule's peer is an ipBlock. */
export function isIpBlockMatch(
  analysis: Analysis,
  { policy, direction, rule, peer }: RuleMatch,
): boolean {
  if (peer === null) return false;
  return (
    rulesOf(analysis.view.policy(policy).spec, direction)[rule]?.peers?.[peer]?.kind === 'ipBlock'
  );
}

/** Caveats that an endpoint brings along, whatever its peers: of its own side's policies and of its pods. */
export function endpointCaveats(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  asked: AskedTraffic,
  query: TrafficQuery,
  caveats: Caveats,
): void {
  const { index, view } = analysis;
  caveats.addIf(query.protocol === 'OTHER', 'NON_IP_PROTOCOL_UNDEFINED');
  caveats.addIf(
    endpoint.classes.some((one) => analysis.isHost(one)),
    'HOST_NETWORK',
  );
  const isolated = endpoint.classes.filter(
    (one) => analysis.rowOf(direction, one) !== NOT_ISOLATED,
  );
  const usesBlocks = isolated.some((one) =>
    rowUsesBlocks(analysis, direction, analysis.rowOf(direction, one)),
  );
  const lacksAddress = endpoint.classes.some((one) => hasNoAddress(analysis, one));
  caveats.addIf(usesBlocks && somePodHasNoAddress(analysis), 'POD_ADDRESS_UNKNOWN');
  caveats.addIf(
    lacksAddress && anyRowUsesBlocks(analysis, opposite(direction)),
    'POD_ADDRESS_UNKNOWN',
  );
  if (isolated.length > 0 && index.namespaceLabelsMatter) {
    const undeclared = Array.from({ length: view.namespaceCount }, (_, i) => i).some(
      (i) => view.segment(i).columns.namespace[1] === 0,
    );
    caveats.addIf(undeclared, 'NAMESPACE_NOT_DECLARED');
  }
  if (query.portName !== null && direction === 'INGRESS') {
    const sets = new Set([...endpoint.classes].map((one) => asked.ofClass(one)));
    caveats.addIf(sets.has(NO_TRAFFIC) || endpoint.classes.length === 0, 'NAMED_PORT_UNRESOLVED');
    caveats.addIf(sets.size > 1, 'NAMED_PORT_AMBIGUOUS');
  }
  if (direction === 'INGRESS')
    caveats.addIf(
      isolated.some((one) => namesUnknownPort(analysis, one)),
      'NAMED_PORT_UNRESOLVED',
    );
}

function hasNoAddress({ index }: Analysis, podClass: number): boolean {
  return index.classes.atoms.offsets[podClass] === index.classes.atoms.offsets[podClass + 1];
}

function somePodHasNoAddress(analysis: Analysis): boolean {
  for (let podClass = 0; podClass < analysis.index.classes.count; podClass++)
    if (hasNoAddress(analysis, podClass)) return true;
  return false;
}

function rowUsesBlocks(analysis: Analysis, direction: Direction, row: number): boolean {
  const { entryOffsets, entryAddresses } = analysis.index.compiled;
  for (const compiled of groupOf(analysis.direction(direction).rows, row))
    for (let entry = entryOffsets[compiled]!; entry < entryOffsets[compiled + 1]!; entry++)
      if (entryAddresses[entry]! >= 0) return true;
  return false;
}

/** Whether some policy at all has an ipBlock that may concern pods; address sets are in the index only for ipBlocks. */
function anyRowUsesBlocks(analysis: Analysis, direction: Direction): boolean {
  const rows = analysis.direction(direction).rows.offsets.length - 1;
  if (analysis.index.addressSets.offsets.length <= 1) return false;
  for (let row = 0; row < rows; row++) if (rowUsesBlocks(analysis, direction, row)) return true;
  return false;
}

/** Whether an ingress rule that governs a class names a port that its pods do not declare. */
function namesUnknownPort(analysis: Analysis, subject: number): boolean {
  const { ports } = analysis.samplePod(subject);
  return analysis
    .isolatingPolicies('INGRESS', subject)
    .some((policy) =>
      analysis.view
        .policy(policy)
        .spec.ingress.some((rule) =>
          rule.ports?.some(
            ({ port, protocol }) =>
              typeof port === 'string' &&
              !ports.some((known) => known.name === port && known.protocol === protocol),
          ),
        ),
    );
}
