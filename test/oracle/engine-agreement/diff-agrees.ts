import { type Analysis, diffSnapshots } from '@portolan/engine';
import {
  type AccessChange,
  type ChangedEndpoint,
  type EndpointGrouping,
  formatTraffic,
  type SnapshotDiff,
  type TrafficSet,
} from '@portolan/model';
import { type Address, contains, readNetwork, writeAddress } from '../addresses.js';
import { changedObjects } from './changed-objects.js';
import { Disagreement, same } from './disagreement.js';
import {
  endpointName,
  foundPolicyKey,
  refKey,
  rowKey,
  workloadKey,
  namespaceKey,
} from './names.js';
import { difference, differentPairs, type ExpectedAccess, union } from '../expected-access.js';
import type { KubernetesObject } from '../kubernetes.js';
import { domainNames, externalAddresses } from '../sample-points.js';
import type { Pod } from '../workloads.js';

/** One snapshot of a diff, as objects, as the engine and as the oracle see it. */
export interface DiffEnd {
  readonly objects: readonly KubernetesObject[];
  readonly analysis: Analysis;
  readonly expected: ExpectedAccess;
}

/** Compares the engine's diff with the difference of what the oracle says. Throws at the first difference. */
export function compareDiff(base: DiffEnd, head: DiffEnd, groupBy: EndpointGrouping): void {
  new DiffComparison(base, head, groupBy).run();
}

class DiffComparison {
  readonly #diff: SnapshotDiff;
  readonly #changes: Map<string, AccessChange>;

  constructor(
    private readonly base: DiffEnd,
    private readonly head: DiffEnd,
    private readonly groupBy: EndpointGrouping,
  ) {
    const options = { namespaces: null, includeAddedAndRemovedWorkloads: true, groupBy };
    this.#diff = diffSnapshots(base.analysis, head.analysis, options);
    this.#changes = new Map(this.#diff.changes.map((change) => [changeKey(change), change]));
    same('changes of one pair', this.#diff.changes.length, this.#changes.size);
  }

  run(): void {
    const found = new Set<string>();
    const groups = this.#groups();
    for (const [source, sources] of groups)
      for (const [destination, destinations] of groups) {
        const key = `${source} → ${destination}`;
        if (this.#comparePair(key, sources, destinations)) found.add(key);
      }
    if (this.groupBy === 'POD')
      for (const [name, pods] of groups)
        for (const direction of ['INGRESS', 'EGRESS'] as const)
          for (const key of this.#compareAddresses(name, pods, direction)) found.add(key);
    const others = [...this.#changes.keys()].filter((key) => !found.has(key));
    same(
      'other changes',
      others.filter((key) => this.groupBy === 'POD' || !isOutside(key)),
      [],
    );
    same('equivalent', this.#diff.equivalent, this.#changes.size === 0);
    this.#compareCauses();
  }

  /** Names of pods, workloads or namespaces of both snapshots, with their pods in each. */
  #groups(): Map<string, BothPods> {
    const name = { POD: rowKey, WORKLOAD: workloadKey, NAMESPACE: namespaceKey }[this.groupBy];
    const groups = new Map<string, { base: Pod[]; head: Pod[] }>();
    for (const end of ['base', 'head'] as const)
      for (const pod of this[end].expected.cluster.pods) {
        const group = groups.get(name(pod)) ?? { base: [], head: [] };
        group[end].push(pod);
        groups.set(name(pod), group);
      }
    return groups;
  }

  /** Pair by pair: what the same two pods may do now and could not do before, and the reverse. */
  #comparePair(key: string, sources: BothPods, destinations: BothPods): boolean {
    const pairs = new Map<string, { before?: TrafficSet; after?: TrafficSet }>();
    for (const [end, field] of [
      ['base', 'before'],
      ['head', 'after'],
    ] as const)
      for (const [a, b] of differentPairs(sources[end], destinations[end])) {
        const name = `${endpointName(a)} → ${endpointName(b)}`;
        pairs.set(name, { ...pairs.get(name), [field]: this[end].expected.between(a, b) });
      }
    const { opened, closed } = this.#changeOf([...pairs.values()]);
    const change = this.#changes.get(key);
    same(`${key}: opened`, formatTraffic(change?.opened ?? []), formatTraffic(opened));
    same(`${key}: closed`, formatTraffic(change?.closed ?? []), formatTraffic(closed));
    if (change === undefined) return false;
    same(`${key}: kind`, change.kind, kindOf(opened, closed));
    if (this.groupBy === 'POD') {
      const [pair] = pairs.values();
      same(`${key}: before`, formatTraffic(change.before), formatTraffic(pair?.before ?? []));
      same(`${key}: after`, formatTraffic(change.after), formatTraffic(pair?.after ?? []));
    }
    return true;
  }

  #changeOf(pairs: readonly { before?: TrafficSet; after?: TrafficSet }[]): {
    opened: TrafficSet;
    closed: TrafficSet;
  } {
    const { intervals } = this.head.expected;
    const minus = (a: TrafficSet = [], b: TrafficSet = []): TrafficSet =>
      difference(intervals, a, b);
    return {
      opened: union(
        intervals,
        pairs.map(({ before, after }) => minus(after, before)),
      ),
      closed: union(
        intervals,
        pairs.map(({ before, after }) => minus(before, after)),
      ),
    };
  }

  /** Each address lies in the row of its change; names the rows that were found. */
  #compareAddresses(name: string, pods: BothPods, direction: 'INGRESS' | 'EGRESS'): string[] {
    const rows = [...this.#changes].filter(([key]) =>
      direction === 'INGRESS'
        ? key.startsWith('external') && key.endsWith(` → ${name}`)
        : key.startsWith(`${name} → external`),
    );
    for (const address of this.#outside()) {
      const what = `${direction} ${name}, ${writeAddress(address)}`;
      const found = rows.filter(([, change]) => holds(change, direction, address));
      if (found.length > 1) throw new Disagreement(`${what}: is in ${found.length} changes`);
      const of = (read: (expected: ExpectedAccess, pod: Pod) => TrafficSet): BothTraffic => {
        const [before, after] = (['base', 'head'] as const).map((end) => {
          const [pod] = pods[end];
          return pod === undefined ? [] : read(this[end].expected, pod);
        });
        return { before: before!, after: after! };
      };
      const certain = of((expected, pod) =>
        direction === 'INGRESS' ? expected.between(address, pod) : expected.between(pod, address),
      );
      // Should the address have a name, what passes then counts, too.
      const named = this.#domainNames(direction).map((name) =>
        of((expected, pod) => expected.toNamed(pod, address, name)),
      );
      const { opened, closed } = this.#changeOf([certain, ...named]);
      const change = found[0]?.[1];
      same(`${what}: opened`, formatTraffic(change?.opened ?? []), formatTraffic(opened));
      same(`${what}: closed`, formatTraffic(change?.closed ?? []), formatTraffic(closed));
      if (change === undefined) continue;
      const perhaps = of((expected, pod) =>
        direction === 'INGRESS'
          ? expected.perhapsBetween(address, pod)
          : expected.perhapsBetween(pod, address),
      );
      same(`${what}: before`, formatTraffic(change.before), formatTraffic(perhaps.before));
      same(`${what}: after`, formatTraffic(change.after), formatTraffic(perhaps.after));
    }
    return rows.map(([key]) => key);
  }

  #domainNames(direction: 'INGRESS' | 'EGRESS'): string[] {
    if (direction === 'INGRESS') return [];
    return domainNames([this.base.expected.cluster, this.head.expected.cluster]);
  }

  /** Addresses outside the pods of both snapshots. */
  #outside(): Address[] {
    const [base, head] = [this.base, this.head].map(({ expected }) => expected.cluster);
    const texts = new Map<string, Address>();
    for (const address of [...externalAddresses(base!), ...externalAddresses(head!)])
      texts.set(writeAddress(address), address);
    const pods = [...base!.pods, ...head!.pods];
    return [...texts.values()].filter(
      ({ family, value }) =>
        !pods.some(({ ips }) => ips.some((ip) => ip.family === family && ip.value === value)),
    );
  }

  /** Every change has a cause, and a cause is an object that changed. */
  #compareCauses(): void {
    const changed = changedObjects(this.base.objects, this.head.objects);
    for (const [key, { causedBy }] of this.#changes) {
      if (causedBy.length === 0) throw new Disagreement(`${key}: has no cause`);
      for (const cause of causedBy) {
        const object = this.#diff.objectChanges[cause];
        if (object === undefined) throw new Disagreement(`${key}: cause ${cause} is not listed`);
        const name = this.#objectKey(object);
        if (!changed.has(name)) throw new Disagreement(`${key}: cause ${name} did not change`);
      }
    }
  }

  #objectKey({ kind, before, after }: SnapshotDiff['objectChanges'][number]): string {
    const { view } = (after === null ? this.base : this.head).analysis;
    const index = after ?? before ?? 0;
    switch (kind) {
      case 'NAMESPACE':
        return `Namespace ${view.namespaceName(index)}`;
      case 'NODE':
        return `Node ${view.node(index).name}`;
      case 'POLICY':
        return foundPolicyKey({ view }, index);
      case 'POD': {
        const { namespace, name } = view.pod(index);
        return `Pod ${view.namespaceName(namespace)}/${name}`;
      }
      case 'WORKLOAD': {
        const { namespace, name, kindName } = view.workload(index);
        return `${kindName} ${view.namespaceName(namespace)}/${name}`;
      }
    }
  }
}

interface BothTraffic {
  readonly before: TrafficSet;
  readonly after: TrafficSet;
}

interface BothPods {
  readonly base: readonly Pod[];
  readonly head: readonly Pod[];
}

function kindOf(opened: TrafficSet, closed: TrafficSet): string {
  if (closed.length === 0) return 'OPENED';
  return opened.length === 0 ? 'CLOSED' : 'ALTERED';
}

function changeKey({ source, destination }: AccessChange): string {
  const name = ({ ref }: ChangedEndpoint): string => refKey(ref);
  return `${name(source)} → ${name(destination)}`;
}

function isOutside(key: string): boolean {
  return key.startsWith('external') || key.includes('→ external');
}

function holds(change: AccessChange, direction: 'INGRESS' | 'EGRESS', address: Address): boolean {
  const { ref } = direction === 'INGRESS' ? change.source : change.destination;
  return ref.kind === 'external' && ref.cidrs.some((cidr) => contains(readNetwork(cidr)!, address));
}
