import {
  type AllowedAccess,
  type Caveat,
  type CaveatCode,
  compareText,
  type PolicyPeer,
  type PolicySwitches,
  rulesOf,
  type RuleMatch,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';

/** What is said where it depends on how policies are read. */
type Wording = (switches: PolicySwitches) => string;

const MESSAGES = {
  HOST_NETWORK: ({ hostNetworkPods }) =>
    hostNetworkPods === 'NODE'
      ? "A hostNetwork pod takes part: policies have no such pod as subject, its traffic is its node's, and what a network plugin does with it differs."
      : 'A hostNetwork pod takes part: policies are taken to govern it like other pods, as the profile of the cluster says; what a network plugin does with it differs.',
  IP_BLOCK_MATCHES_PODS: ({ ipBlockMatchesPods }) =>
    ipBlockMatchesPods
      ? 'An ipBlock rule is taken to match the addresses of pods, as most network plugins do; the NetworkPolicy API leaves this open.'
      : 'An ipBlock rule has addresses of pods and is taken not to match these pods, as the profile of the cluster says; the NetworkPolicy API leaves this open.',
  POD_ADDRESS_UNKNOWN:
    'A rule over addresses (ipBlock, networks) takes part and some pods have no known address (status.podIPs): the rule is taken not to match them.',
  SOURCE_ADDRESS_MAY_BE_TRANSLATED:
    'Traffic with addresses outside the cluster takes part: load balancers, node ports and NAT may change the address before a rule sees it, for example to that of a node.',
  NAMED_PORT_UNRESOLVED:
    'A port name does not resolve on a destination pod: it opens nothing there.',
  NAMED_PORT_AMBIGUOUS: 'A port name means different numbers on the destination pods.',
  NAMESPACE_NOT_DECLARED:
    'A namespace takes part that the input uses but does not declare: it is taken to have no label but kubernetes.io/metadata.name, and a namespaceSelector looks at other labels.',
  NODE_LOCAL_ALWAYS_ALLOWED: ({ allowNodeToLocalPods }) =>
    allowNodeToLocalPods
      ? 'Traffic between a pod and its own node is always allowed, whatever policies say.'
      : 'Traffic between a pod and its own node is taken to be subject to policies, as the profile of the cluster says; most network plugins always allow it.',
  NON_IP_PROTOCOL_UNDEFINED: ({ otherProtocols }) =>
    `Protocols other than TCP, UDP and SCTP (for example ICMP) are undefined by the NetworkPolicy API${otherProtocols === 'ALLOWED' ? '; they are taken to pass, as the profile of the cluster says' : ''}.`,
  PRIORITY_AMBIGUOUS: ({ priorityTies }) =>
    `Policies of one tier have equal priority, select the same pods and disagree: Kubernetes leaves open which is asked first; here it is the one with the ${priorityTies === 'SMALLER_NAME_FIRST' ? 'smaller' : 'larger'} name (a BaselineAdminNetworkPolicy last).`,
  DOMAIN_NAMES_NOT_RESOLVED:
    'A rule allows traffic to domain names, whose addresses are not known here: it may allow more than the answer counts as allowed.',
  SERVICE_ADDRESS:
    'The addresses asked about have some of a Service. Policies see the pods behind it, whose addresses are others: ask about the Service.',
  INGRESS_CONTROLLER_UNKNOWN:
    'Which pods serve a route is not known: none of the snapshot is known as an ingress controller or gateway for it. What comes in through the route depends on them.',
  RESULT_TRUNCATED: 'The answer is cut at a limit: there is more than it lists.',
} as const satisfies Partial<Record<CaveatCode, string | Wording>>;

export type EngineCaveat = keyof typeof MESSAGES;

const NO_CAVEATS: readonly Caveat[] = [];

/** Collects what an answer rests on, each once. */
export class Caveats {
  readonly #codes = new Set<EngineCaveat>();

  constructor(private readonly analysis: Analysis) {}

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

  list(): readonly Caveat[] {
    if (this.#codes.size === 0) return NO_CAVEATS;
    const { switches } = this.analysis.index;
    return [...this.#codes].sort(compareText).map((code) => {
      const message: string | Wording = MESSAGES[code];
      return { code, message: typeof message === 'string' ? message : message(switches) };
    });
  }
}

/** Whether a matched rule's peer is an ipBlock. (`networks` of admin policies match pods by their definition.) */
export function isIpBlockMatch(analysis: Analysis, rule: RuleMatch): boolean {
  return (
    peerKind(analysis, rule) === 'networks' &&
    analysis.view.policy(rule.policy).kind === 'NETWORK_POLICY'
  );
}

/** Whether a matched rule's peer is addresses. */
export function isNetworkMatch(analysis: Analysis, rule: RuleMatch): boolean {
  return peerKind(analysis, rule) === 'networks';
}

/** Whether a matched rule's peer is domain names. */
export function isDomainNameMatch(analysis: Analysis, rule: RuleMatch): boolean {
  return peerKind(analysis, rule) === 'domainNames';
}

function peerKind(
  analysis: Analysis,
  { policy, direction, rule, peer }: RuleMatch,
): PolicyPeer['kind'] | null {
  if (peer === null) return null;
  const { spec } = analysis.view.policy(policy);
  return rulesOf(spec, direction)[rule]?.peers?.[peer]?.kind ?? null;
}
