import type { Analysis } from '@portolan/engine';
import {
  type AccessReasonCode,
  type AllowedAccess,
  ANY_TRAFFIC,
  type Direction,
  DIRECTIONS,
  type EndpointGrouping,
  type EndpointSelection,
  formatTraffic,
} from '@portolan/model';
import { type Address, contains, readNetwork, writeAddress } from '../addresses.js';
import { askRows, peerOf, questionName, selectionOf } from './ask-engine.js';
import type { Endpoint } from '../cluster.js';
import { Disagreement, same } from './disagreement.js';
import { type ExpectedAccess, includes, keyOf } from '../expected-access.js';
import {
  foundRuleKey,
  groupPods,
  namespaceKey,
  probeName,
  refKey,
  rowKey,
  ruleKey,
  workloadKey,
} from './names.js';
import type { Side } from '../oracle.js';
import { externalAddresses } from '../sample-points.js';
import type { Pod } from '../workloads.js';

/** Of a row whose ports pass for different reasons, the one that is named: what no rule explains comes first. */
const ROW_REASONS: readonly AccessReasonCode[] = [
  'NODE_LOCAL',
  'NOT_GOVERNED',
  'NOT_ISOLATED',
  'ALLOWED_BY_POLICY',
  'ALLOWED_BY_ADMIN_POLICY',
  'ALLOWED_BY_BASELINE_POLICY',
];

/** Compares `whoCanReach` and `reachableFrom` of every pod and namespace, grouped in every way. */
export function compareRows(analysis: Analysis, expected: ExpectedAccess): void {
  new RowComparison(analysis, expected).run();
}

class RowComparison {
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
    for (const direction of DIRECTIONS) {
      for (const pod of this.#pods) {
        this.#comparePodRows(direction, pod);
        this.#compareGroups(direction, selectionOf(pod), [pod], 'WORKLOAD');
        this.#compareGroups(direction, selectionOf(pod), [pod], 'NAMESPACE');
      }
      for (const [name, pods] of groupPods(this.#pods, ({ namespace }) => namespace)) {
        this.#compareGroups(direction, { kind: 'namespace', name }, pods, 'WORKLOAD');
        this.#compareGroups(direction, { kind: 'namespace', name }, pods, 'NAMESPACE');
      }
    }
  }

  /** Rows by pod: exact traffic, external addresses, and the rules behind them. */
  #comparePodRows(direction: Direction, pod: Pod): void {
    const rows = askRows(this.analysis, direction, selectionOf(pod), 'POD', ANY_TRAFFIC);
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
      if (reason === null) throw new Disagreement(`${what}: has no reason`);
      const sides = this.expected.sides(direction, source, destination);
      // Of what passes to an address because it is the node's, no rule needs to be named.
      if (joined && sides.some((one) => one.reason === 'NODE_LOCAL')) continue;
      const codes = new Set<Side['reason']>();
      const rules = reason.rules.map((rule) => ({ key: foundRuleKey(this.analysis, rule), rule }));
      for (const [i, probe] of this.expected.probes.entries()) {
        if (!includes(row.traffic, probe)) continue;
        const wanted = sides[i]!;
        codes.add(wanted.reason);
        const found = rules
          .filter(({ rule }) => includes(rule.traffic, probe))
          .map(({ key }) => key);
        const admitting = wanted.allowedBy.map(ruleKey);
        same(
          () => `${what}, ${direction} reason at ${probeName(probe)}`,
          joined ? found.filter((rule) => admitting.includes(rule)) : found,
          admitting,
        );
      }
      const code = ROW_REASONS.find((one) => codes.has(one)) ?? 'none';
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
    const rows = askRows(this.analysis, direction, endpoint, groupBy, ANY_TRAFFIC);
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
}
