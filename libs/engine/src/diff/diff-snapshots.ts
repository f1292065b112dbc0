import {
  type AccessChange,
  type ChangedEndpoint,
  type DiffOptions,
  type Direction,
  DIRECTIONS,
  type EndpointGrouping,
  type EndpointRef,
  parseCidr,
  type SnapshotDiff,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { Caveats } from '../questions/caveats.js';
import { allAccessCaveats } from '../questions/side-caveats.js';
import { refOf } from '../questions/grouping.js';
import { hasPublicAddress } from '../questions/public-addresses.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { type Caused, CauseFinder } from './causes.js';
import { type ChangedGroups, changedGroups } from './changed-groups.js';
import { compareAddresses } from './compare-addresses.js';
import { type Difference, type DiffSide, GroupComparison } from './compare-groups.js';
import { compareGroups, type GroupPair, Groups, NamedPods } from './match-groups.js';
import { Namespaces } from './namespaces.js';
import { NodeLocality } from './node-locality.js';
import { compareObjects } from './object-changes.js';
import { PeersToCompare } from './peers-to-compare.js';
import { SharedTraffic } from './shared-traffic.js';
import { ChangeList, newlyUnprotected, summarize } from './summary.js';

/**
 * What changed in access from one snapshot to another: the same questions asked of both, for every pair of groups of
 * which at least one changed. For groups of several pods, `opened` is what some pair of pods may exchange now that the
 * same pods could not before, so nothing opened is lost in a union.
 */
export function diffSnapshots(base: Analysis, head: Analysis, options: DiffOptions): SnapshotDiff {
  base.startQuestion();
  head.startQuestion();
  const namespaces = new Namespaces(base.view, head.view);
  const objectChanges = compareObjects(base.view, head.view, namespaces);
  const groups = new Groups(base, head, options.groupBy, namespaces);
  const changed = changedGroups(base, head, groups, namespaces, objectChanges);
  const traffic = new SharedTraffic();
  const causes = new CauseFinder(base, head, traffic, objectChanges, namespaces);
  const sides = sidesOf(base, head, namespaces);
  const peers = new PeersToCompare(sides.before, sides.after, groups, namespaces);
  const list = new ChangeList();
  const endpoints = new ChangedEndpoints(base, head, options.groupBy);
  let isNodeLocal = false;
  for (const found of accessChanges(sides, traffic, peers, changed, options)) {
    // Of changes that are only counted, causes matter as long as there may be others.
    const isExplained = list.hasRoom(kindOf(found)) || list.causes().size < objectChanges.length;
    const causedBy = isExplained ? causes.find(found) : [];
    isNodeLocal ||= found.isNodeLocal;
    list.add(toChange(traffic, endpoints, found, causedBy));
  }
  const affecting = list.causes();
  const unprotected = newlyUnprotected(base, head, namespaces, options.namespaces);
  const caveats = new Caveats(head);
  caveats.addIf(list.isCut, 'RESULT_TRUNCATED');
  for (const side of [base, head]) allAccessCaveats(side, true, caveats);
  caveats.addIf(isNodeLocal, 'NODE_LOCAL_ALWAYS_ALLOWED');
  return {
    equivalent: list.isEmpty,
    summary: summarize(list, unprotected.length),
    changes: list.sorted(),
    objectChanges: objectChanges.map((change, i) => ({
      ...change,
      affectsAccess: affecting.has(i),
    })),
    newlyUnprotected: unprotected,
    caveats: caveats.list(),
  };
}

type Found = Caused & { readonly cidrs: readonly string[] };

const NO_CIDRS: readonly string[] = [];

/** A pair of which both sides changed is looked at once, from the destination. */
function* accessChanges(
  { before, after }: Sides,
  traffic: SharedTraffic,
  peers: PeersToCompare,
  changed: ChangedGroups,
  options: DiffOptions,
): Generator<Found> {
  const isWanted = wantedPairs(options);
  for (const group of [...changed.keys()].sort(compareGroups))
    for (const direction of DIRECTIONS) {
      if (changed.get(group)?.has(direction) !== true) continue;
      const comparison = new GroupComparison(traffic, direction, group, before, after);
      for (const other of peers.of(group, comparison)) {
        const isSeenFromThere =
          direction === 'EGRESS' && changed.get(other)?.has('INGRESS') === true;
        if (isSeenFromThere || !isWanted(group, other)) continue;
        const difference = comparison.with(other);
        if (difference !== null) yield foundWith(direction, group, other, difference, NO_CIDRS);
      }
      if (!isWanted(group, group)) continue;
      for (const difference of compareAddresses(traffic, direction, group, before, after))
        yield foundWith(direction, group, null, difference, difference.cidrs);
    }
}

interface Sides {
  readonly before: DiffSide;
  readonly after: DiffSide;
}

function sidesOf(base: Analysis, head: Analysis, namespaces: Namespaces): Sides {
  const old = { analysis: base, unitsOf: (group: GroupPair) => group.baseUnits };
  const current = { analysis: head, unitsOf: (group: GroupPair) => group.headUnits };
  return { before: sideOf(old, current, namespaces), after: sideOf(current, old, namespaces) };
}

function sideOf(
  own: Pick<DiffSide, 'analysis' | 'unitsOf'>,
  other: Pick<DiffSide, 'analysis' | 'unitsOf'>,
  namespaces: Namespaces,
): DiffSide {
  const { analysis, unitsOf } = own;
  return {
    analysis,
    unitsOf,
    locality: new NodeLocality(analysis, unitsOf),
    named: new NamedPods(own, other, namespaces),
  };
}

/** Field by field: of many changes, spreading objects would take most of the time. */
function foundWith(
  direction: Direction,
  group: GroupPair,
  other: GroupPair | null,
  { before, after, opened, closed, isNodeLocal }: Difference,
  cidrs: readonly string[],
): Found {
  const [source, destination] = direction === 'INGRESS' ? [other, group] : [group, other];
  return { source, destination, before, after, opened, closed, isNodeLocal, cidrs };
}

function wantedPairs({
  namespaces,
  includeAddedAndRemovedWorkloads,
}: DiffOptions): (a: GroupPair, b: GroupPair) => boolean {
  const wanted = namespaces === null ? null : new Set(namespaces);
  const isInBoth = ({ base, head }: GroupPair): boolean => base >= 0 && head >= 0;
  return (a, b) =>
    (wanted === null || wanted.has(a.namespace) || wanted.has(b.namespace)) &&
    (includeAddedAndRemovedWorkloads || (isInBoth(a) && isInBoth(b)));
}

/** The ends of changes, each described once. */
class ChangedEndpoints {
  readonly #known = new Map<GroupPair, ChangedEndpoint>();

  constructor(
    private readonly base: Analysis,
    private readonly head: Analysis,
    private readonly groupBy: EndpointGrouping,
  ) {}

  of(group: GroupPair): ChangedEndpoint {
    let known = this.#known.get(group);
    if (known === undefined) {
      const { base, head, groupBy } = this;
      known =
        group.head >= 0
          ? { side: 'HEAD', ref: refOf(head, groupBy, group.head) }
          : { side: 'BASE', ref: refOf(base, groupBy, group.base) };
      this.#known.set(group, known);
    }
    return known;
  }
}

function toChange(
  traffic: SharedTraffic,
  endpoints: ChangedEndpoints,
  found: Found,
  causedBy: readonly number[],
): AccessChange {
  const endpoint = (group: GroupPair | null): ChangedEndpoint =>
    group === null ? { side: 'HEAD', ref: externalRef(found.cidrs) } : endpoints.of(group);
  return {
    source: endpoint(found.source),
    destination: endpoint(found.destination),
    kind: kindOf(found),
    before: traffic.get(found.before),
    after: traffic.get(found.after),
    opened: traffic.get(found.opened),
    closed: traffic.get(found.closed),
    causedBy,
  };
}

function kindOf({ opened, closed }: Difference): AccessChange['kind'] {
  if (closed === NO_TRAFFIC) return 'OPENED';
  return opened === NO_TRAFFIC ? 'CLOSED' : 'ALTERED';
}

function externalRef(cidrs: readonly string[]): EndpointRef {
  return {
    kind: 'external',
    cidrs,
    includesInternet: cidrs.some((cidr) => hasPublicAddress(parseCidr(cidr))),
  };
}
