import { type Analysis, canReach, reachableFrom, whoCanReach } from '@portolan/engine';
import {
  type AccessPage,
  type AccessReason,
  type AllowedAccess,
  ANY_TRAFFIC,
  type CanReachQuestion,
  type Direction,
  type EndpointGrouping,
  type EndpointRef,
  type EndpointSelection,
  formatTraffic,
  type ReachabilityAnswer,
  type RuleRef,
  type SideExplanation,
  type TrafficSet,
} from '@portolan/model';
import { type Address, contains, readNetwork, writeAddress } from './addresses.js';
import type { ExpectedAccess } from './expected-access.js';
import { complement, includes, keyOf, type Probe } from './expected-access.js';
import { type AdmittingRule, type Endpoint, isPod, type Side } from './oracle.js';
import { externalAddresses } from './sample-points.js';
import type { Pod } from './workloads.js';

/** Where engine and oracle say different things. */
export class Disagreement extends Error {}

/** Asks the engine everything that the oracle can answer about a cluster. Throws at the first difference. */
export function compareEngine(analysis: Analysis, expected: ExpectedAccess): void {
  new Comparison(analysis, expected).run();
}

const GROUPS: readonly EndpointGrouping[] = ['WORKLOAD', 'NAMESPACE'];
const EVERY_PEER = { external: true, hosts: true, self: true, namespaces: null };

class Comparison {
  readonly #pods: readonly Pod[];
  readonly #outside: readonly Address[];

  constructor(
    private readonly analysis: Analysis,
    private readonly expected: ExpectedAccess,
  ) {
    this.#pods = expected.cluster.pods;
    this.#outside = externalAddresses(expected.cluster);
  }

  run(): void {
    this.#comparePods();
    for (const pod of this.#pods) {
      for (const direction of ['INGRESS', 'EGRESS'] as const) {
        this.#comparePodRows(direction, pod);
        for (const groupBy of GROUPS)
          this.#compareGroups(direction, selectionOf(pod), [pod], groupBy);
      }
    }
    for (const [namespace, pods] of groupPods(this.#pods, (pod) => pod.namespace)) {
      const endpoint: EndpointSelection = { kind: 'namespace', name: namespace };
      for (const direction of ['INGRESS', 'EGRESS'] as const)
        for (const groupBy of GROUPS) this.#compareGroups(direction, endpoint, pods, groupBy);
    }
    this.#compareVerdicts();
  }

  /** Section 5: the same pods, under the same owners. */
  #comparePods(): void {
    const { view } = this.analysis;
    const found = Array.from({ length: view.podCount }, (_, i) => view.pod(i))
      .filter(({ terminated }) => !terminated)
      .map(({ namespace, name, template, workload }) => {
        const owner = view.workload(workload);
        const kind = template ? 'template' : 'pod';
        return `${kind} ${view.namespaceName(namespace)}/${name} of ${owner.kindName} ${owner.name}`;
      });
    const wanted = this.#pods.map(
      (pod) =>
        `${pod.template ? 'template' : 'pod'} ${keyOf(pod)} of ${pod.owner.kind} ${pod.owner.name}`,
    );
    same('pods', found, wanted);
  }

  /** Rows by pod: exact traffic, external addresses, and the rules behind them. */
  #comparePodRows(direction: Direction, pod: Pod): void {
    const { rows } = this.#ask(direction, selectionOf(pod), 'POD');
    const asked = `${questionName(direction)} ${keyOf(pod)}`;
    const byPeer = new Map(rows.map((row) => [refKey(peerOf(row, direction)), row]));
    for (const peer of this.#pods) {
      const [source, destination] = direction === 'INGRESS' ? [peer, pod] : [pod, peer];
      const what = `${asked}, row of ${keyOf(peer)}`;
      const row = byPeer.get(rowKey(peer));
      same(
        what,
        formatTraffic(row?.traffic ?? []),
        formatTraffic(this.expected.between(source, destination)),
      );
      if (row !== undefined && peer !== pod) this.#compareReasons(what, row, source, destination);
      byPeer.delete(rowKey(peer));
    }
    const outside = rows.filter((row) => peerOf(row, direction).kind === 'external');
    this.#compareOutside(asked, direction, [pod], outside);
    same(`${asked}, other rows`, byPeer.size, outside.length);
  }

  /** Each address lies in the row of its traffic, and in no other. */
  #compareOutside(
    asked: string,
    direction: Direction,
    pods: readonly Pod[],
    rows: readonly AllowedAccess[],
  ): void {
    const networks = rows.map((row) => {
      const ref = peerOf(row, direction);
      return {
        row,
        cidrs: ref.kind === 'external' ? ref.cidrs.map((text) => readNetwork(text)!) : [],
      };
    });
    for (const address of this.#outside) {
      const what = `${asked}, row of ${writeAddress(address)}`;
      const found = networks.filter(({ cidrs }) => cidrs.some((cidr) => contains(cidr, address)));
      if (found.length > 1) throw new Disagreement(`${what}: is in ${found.length} rows`);
      const [sources, destinations] =
        direction === 'INGRESS' ? [[address], pods] : [pods, [address]];
      same(
        what,
        formatTraffic(found[0]?.row.traffic ?? []),
        formatTraffic(this.expected.betweenSome(sources, destinations)),
      );
      if (pods.length === 1 && found[0] !== undefined)
        this.#compareReasons(what, found[0].row, sources[0]!, destinations[0]!, true);
    }
  }

  /**
   * The rules named are those that admit, port by port. A row of addresses joins addresses of equal traffic, so it may
   * name more rules than one of its addresses needs.
   */
  #compareReasons(
    what: string,
    row: AllowedAccess,
    source: Endpoint,
    destination: Endpoint,
    joined = false,
  ): void {
    for (const direction of ['EGRESS', 'INGRESS'] as const) {
      const reason = direction === 'EGRESS' ? row.egressReason : row.ingressReason;
      const sides = this.expected.sides(direction, source, destination);
      // Of what passes to an address because it is the node's, no rule needs to be named.
      if (joined && sides.some((one) => one.reason === 'NODE_LOCAL')) continue;
      const codes = new Set<string>();
      const rules = reason.rules.map((rule) => ({ key: this.#foundRuleKey(rule), rule }));
      for (const [i, probe] of this.expected.probes.entries()) {
        if (!includes(row.traffic, probe)) continue;
        const wanted = sides[i]!;
        codes.add(wanted.reason);
        const found = rules
          .filter(({ rule }) => includes(rule.traffic, probe))
          .map(({ key }) => key);
        const admitting = wanted.admitting.map(ruleKey);
        same(
          () => `${what}, ${direction} reason at ${probeName(probe)}`,
          joined ? found.filter((rule) => admitting.includes(rule)) : found,
          admitting,
        );
      }
      // Rules may explain only a part of what passes because of the node.
      const code = codes.has('NODE_LOCAL') ? 'NODE_LOCAL' : [...codes].join();
      if (!joined) same(`${what}, ${direction} reason`, reason.code, code);
    }
  }

  /** Rows by workload or namespace are the union of their pods, a pod and itself left out. */
  #compareGroups(
    direction: Direction,
    endpoint: EndpointSelection,
    pods: readonly Pod[],
    groupBy: EndpointGrouping,
  ): void {
    const { rows } = this.#ask(direction, endpoint, groupBy);
    const asked = `${questionName(direction)} ${pods.map(keyOf).join(' ')} by ${groupBy}`;
    const found = new Map(rows.map((row) => [refKey(peerOf(row, direction)), row.traffic]));
    const name = groupBy === 'NAMESPACE' ? namespaceKey : workloadKey;
    for (const [group, peers] of groupPods(this.#pods, name)) {
      const [sources, destinations] = direction === 'INGRESS' ? [peers, pods] : [pods, peers];
      const wanted = this.expected.betweenSome(sources, destinations);
      same(
        `${asked}, row of ${group}`,
        formatTraffic(found.get(group) ?? []),
        formatTraffic(wanted),
      );
      found.delete(group);
    }
    const outside = rows.filter((row) => peerOf(row, direction).kind === 'external');
    // Addresses are the same however pods are grouped.
    if (pods.length > 1 && groupBy === 'WORKLOAD')
      this.#compareOutside(asked, direction, pods, outside);
    same(`${asked}, other rows`, found.size, outside.length);
  }

  /** `canReach` of every pair; the port asked about alone goes round. */
  #compareVerdicts(): void {
    const { probes } = this.expected;
    let turn = 0;
    const next = (): number => (turn = (turn + 7) % probes.length);
    for (const pod of this.#pods) {
      for (const destination of this.#pods) {
        this.#compareVerdict(pod, destination);
        this.#compareProbe(pod, destination, next());
      }
      // Rows have said everything about addresses: one port and direction is enough here.
      for (const [i, address] of this.#outside.entries()) {
        if (isHostAddress(this.#pods, address)) continue;
        const [source, destination] = i % 2 === 0 ? [pod, address] : [address, pod];
        this.#compareProbe(source, destination, next());
      }
    }
  }

  #compareVerdict(source: Endpoint, destination: Endpoint): void {
    const what = `canReach ${endpointName(source)} → ${endpointName(destination)}`;
    const answer = this.#canReach(what, source, destination, ANY_TRAFFIC);
    const allowed = this.expected.between(source, destination);
    const denied = complement(this.expected.intervals, allowed);
    same(`${what}: allowed`, formatTraffic(answer.allowed), formatTraffic(allowed));
    same(`${what}: denied`, formatTraffic(answer.denied), formatTraffic(denied));
    same(`${what}: verdict`, answer.verdict, verdictOf(allowed, denied));
  }

  #compareProbe(source: Endpoint, destination: Endpoint, at: number): void {
    const probe = this.expected.probes[at]!;
    const what = `canReach ${endpointName(source)} → ${endpointName(destination)} ${probeName(probe)}`;
    const traffic = { ...probe, endPort: null, portName: null };
    const { verdict, explanation } = this.#canReach(what, source, destination, traffic);
    const isAllowed = includes(this.expected.between(source, destination), probe);
    same(`${what}: verdict`, verdict, isAllowed ? 'ALLOWED' : 'DENIED');
    for (const direction of ['EGRESS', 'INGRESS'] as const) {
      const wanted = this.expected.sides(direction, source, destination)[at]!;
      const found = direction === 'EGRESS' ? explanation.egress : explanation.ingress;
      this.#compareSide(`${what}, ${direction} side`, found, wanted, probe);
    }
  }

  #compareSide(what: string, found: SideExplanation, wanted: Side, probe: Probe): void {
    const { view } = this.analysis;
    const isolatedBy = found.isolatedBy.map((policy) => policyKey(view.policy(policy), view));
    const isolating = wanted.isolatedBy.map(({ namespace, name }) => `${namespace}/${name}`);
    same(`${what}: isolated`, found.isolated, isolating.length > 0);
    same(`${what}: isolatedBy`, isolatedBy, isolating);
    const reason = wanted.reason === 'DENIED' ? 'DENIED_BY_ISOLATION' : wanted.reason;
    same(`${what}: reason`, found.reason, reason);
    same(
      `${what}: allowedBy`,
      this.#rulesAt(found.allowedBy, probe),
      wanted.admitting.map(ruleKey),
    );
  }

  #rulesAt(rules: AccessReason['rules'], probe: Probe): string[] {
    return rules
      .filter(({ traffic }) => includes(traffic, probe))
      .map((rule) => this.#foundRuleKey(rule));
  }

  #foundRuleKey({ policy, rule, peer }: RuleRef): string {
    const { view } = this.analysis;
    return `${policyKey(view.policy(policy), view)} rule ${rule} peer ${String(peer)}`;
  }

  #ask(direction: Direction, endpoint: EndpointSelection, groupBy: EndpointGrouping): AccessPage {
    const page = { offset: 0, limit: 10_000 };
    const question = { endpoint, traffic: ANY_TRAFFIC, groupBy, peers: EVERY_PEER, page };
    const asked = (direction === 'INGRESS' ? whoCanReach : reachableFrom)(this.analysis, question);
    if (!asked.ok) throw new Disagreement(`${questionName(direction)}: ${asked.problem.message}`);
    same(
      `${questionName(direction)}: totalCount`,
      asked.answer.totalCount,
      asked.answer.rows.length,
    );
    return asked.answer;
  }

  #canReach(
    what: string,
    source: Endpoint,
    destination: Endpoint,
    traffic: CanReachQuestion['traffic'],
  ): ReachabilityAnswer {
    const question = { from: selectionOf(source), to: selectionOf(destination), traffic };
    const asked = canReach(this.analysis, question);
    if (!asked.ok) throw new Disagreement(`${what}: ${asked.problem.message}`);
    return asked.answer;
  }
}

type Compared = string | number | boolean | readonly string[];

/** Lists are compared without regard to order. */
export function same(what: string | (() => string), found: Compared, wanted: Compared): void {
  if (found === wanted || (isEmpty(found) && isEmpty(wanted))) return;
  const [engine, oracle] = [JSON.stringify(inOrder(found)), JSON.stringify(inOrder(wanted))];
  if (engine === oracle) return;
  const where = typeof what === 'string' ? what : what();
  throw new Disagreement(`${where}\n  engine: ${engine}\n  oracle: ${oracle}`);
}

function isEmpty(value: Compared): boolean {
  return typeof value === 'object' && value.length === 0;
}

function inOrder(value: Compared): Compared {
  return typeof value === 'object' && value.length > 1 ? [...value].sort() : value;
}

function probeName({ protocol, port }: Probe): string {
  return `${protocol} ${port}`;
}

/** A template pod has no name of its own: its workload is asked for. */
function selectionOf(endpoint: Endpoint): EndpointSelection {
  if (!isPod(endpoint)) {
    const bits = endpoint.family === 4 ? 32 : 128;
    return { kind: 'cidr', cidr: `${writeAddress(endpoint)}/${bits}` };
  }
  const { namespace, name, template } = endpoint;
  if (!template) return { kind: 'pod', namespace, name };
  return { kind: 'workload', namespace, name, workloadKind: null };
}

/** The address of a node on which hostNetwork pods run means these pods. */
function isHostAddress(pods: readonly Pod[], endpoint: Endpoint): boolean {
  return (
    !isPod(endpoint) &&
    pods.some((pod) =>
      pod.ips.some((ip) => ip.family === endpoint.family && ip.value === endpoint.value),
    )
  );
}

function verdictOf(allowed: TrafficSet, denied: TrafficSet): string {
  if (denied.length === 0) return 'ALLOWED';
  return allowed.length === 0 ? 'DENIED' : 'PARTIAL';
}

function peerOf(row: AllowedAccess, direction: Direction): EndpointRef {
  return direction === 'INGRESS' ? row.source : row.destination;
}

export function refKey(ref: EndpointRef): string {
  switch (ref.kind) {
    case 'pod':
      return `pod ${ref.namespace}/${ref.name}`;
    case 'workload':
      return `workload ${ref.namespace}/${ref.kindName} ${ref.name}`;
    case 'namespace':
      return `namespace ${ref.name}`;
    case 'external':
      return `external ${ref.cidrs.join(' ')}`;
    case 'selection':
      return `selection ${ref.text}`;
  }
}

/** Names the row of a pod: that of a template pod is its workload's. */
export function rowKey(pod: Pod): string {
  return pod.template ? workloadKey(pod) : `pod ${keyOf(pod)}`;
}

function namespaceKey({ namespace }: Pod): string {
  return `namespace ${namespace}`;
}

export function workloadKey({ namespace, owner }: Pod): string {
  return `workload ${namespace}/${owner.kind} ${owner.name}`;
}

function groupPods(pods: readonly Pod[], key: (pod: Pod) => string): Map<string, Pod[]> {
  const groups = new Map<string, Pod[]>();
  for (const pod of pods) groups.set(key(pod), [...(groups.get(key(pod)) ?? []), pod]);
  return groups;
}

const ruleKeys = new WeakMap<AdmittingRule, string>();

function ruleKey(admitting: AdmittingRule): string {
  let key = ruleKeys.get(admitting);
  if (key === undefined) ruleKeys.set(admitting, (key = describeRule(admitting)));
  return key;
}

function describeRule({ policy, rule, peer }: AdmittingRule): string {
  return `${policy.namespace}/${policy.name} rule ${rule} peer ${String(peer)}`;
}

function policyKey(
  policy: { readonly namespace: number; readonly name: string },
  view: Analysis['view'],
): string {
  return `${view.namespaceName(policy.namespace)}/${policy.name}`;
}

function questionName(direction: Direction): string {
  return direction === 'INGRESS' ? 'whoCanReach' : 'reachableFrom';
}

function endpointName(endpoint: Endpoint): string {
  return isPod(endpoint) ? keyOf(endpoint) : writeAddress(endpoint);
}
