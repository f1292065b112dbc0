import {
  compareWords,
  type Direction,
  distinctAddresses,
  formatAddress,
  formatCidr,
  type IpAddress,
  rulesOf,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { atomBounds, atomOf } from '../build/address-atoms.js';
import { type NameReading, trafficWithAddresses } from '../questions/external-traffic.js';
import { nodeAddresses } from '../questions/node-local.js';
import { type AddressRange, appendRange, cidrsOfRanges } from '../sets/address-ranges.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW } from '../snapshot-index.js';
import { type AddressFunction, combine, points, valueAt } from './address-function.js';
import { type Difference, type DiffSide, unitWith } from './compare-groups.js';
import type { GroupPair, Unit } from './match-groups.js';
import type { SharedTraffic } from './shared-traffic.js';

/** Addresses outside the cluster whose traffic with a group changed in the same way. */
export interface AddressDifference extends Difference {
  readonly cidrs: readonly string[];
}

const NOTHING = { a: NO_TRAFFIC, b: NO_TRAFFIC };

/**
 * Compares what a group exchanges with addresses outside the cluster, address by address. What a rule may allow to the
 * addresses of domain names counts as opened (closed) when it could not pass at all before (after), and when it is allowed
 * to other names.
 */
export function compareAddresses(
  traffic: SharedTraffic,
  direction: Direction,
  group: GroupPair,
  base: DiffSide,
  head: DiffSide,
): AddressDifference[] {
  const before = new GroupAddresses(traffic, direction, group, base);
  const after = new GroupAddresses(traffic, direction, group, head);
  const opened = gained(traffic, after, before);
  const closed = gained(traffic, before, after);
  const nothing = { opened: NO_TRAFFIC, closed: NO_TRAFFIC, isNodeLocal: false };
  const changes = combine(opened, closed, { a: NO_GAIN, b: NO_GAIN }, (one, other) => ({
    opened: one.all,
    closed: other.all,
    isNodeLocal: one.byNodes !== NO_TRAFFIC || other.byNodes !== NO_TRAFFIC,
  }));
  const states = combine(before.union(), after.union(), NOTHING, (one, other) => ({
    before: one,
    after: other,
  }));
  const none = { a: nothing, b: { before: NO_TRAFFIC, after: NO_TRAFFIC } };
  return groupByChange(
    combine(changes, states, none, (change, state) => ({ ...change, ...state })),
  );
}

/** What came; of this, because of nodes. */
interface Gain {
  readonly all: number;
  readonly byNodes: number;
}

const NO_GAIN: Gain = { all: NO_TRAFFIC, byNodes: NO_TRAFFIC };

/** What a group may exchange with addresses in one snapshot (`here`) and may not in the other (`there`). */
function gained(
  traffic: SharedTraffic,
  here: GroupAddresses,
  there: GroupAddresses,
): AddressFunction<Gain> {
  const unite = (a: number, b: number): number => traffic.union(a, b);
  const byNodes = here.units
    .map((unit) => gainedByNodes(traffic, here, there, unit))
    .reduce((a, b) => combine(a, b, NOTHING, unite), []);
  const byPolicies = here.units
    .map((unit, i) => {
      const others = unit.counterparts.map((one) => there.readings[one]!);
      const found = gainedBy(traffic, here.readings[i]!, others);
      return combine(
        found,
        localToAll(here, there, unit),
        { a: NO_TRAFFIC, b: false },
        (one, is) => (is ? NO_TRAFFIC : one),
      );
    })
    .reduce((a, b) => combine(a, b, NOTHING, unite), []);
  return combine(byNodes, byPolicies, NOTHING, (one, other) => ({
    all: traffic.union(one, other),
    byNodes: one,
  })).filter((piece) => piece.value.all !== NO_TRAFFIC && !here.isPodAddress(piece));
}

/** Pods that came to a node exchange everything with its addresses. Which nodes replaced pods come to lie on opens nothing. */
function gainedByNodes(
  traffic: SharedTraffic,
  here: GroupAddresses,
  there: GroupAddresses,
  { pods, counterparts }: Unit,
): AddressFunction<number> {
  const found = new Map<string, { address: IpAddress; value: number }>();
  const wereSomewhere = counterparts.some((unit) =>
    there.units[unit]!.pods.some((pod) => there.ownAddresses(pod).length > 0),
  );
  for (const pod of pods) {
    const own = here.ownAddresses(pod);
    if (own.length === 0) continue;
    const before = here.counterpart(pod);
    if (before < 0 && wereSomewhere) continue;
    const addressesBefore = before < 0 ? [] : there.ownAddresses(before);
    const units = before < 0 ? counterparts : [there.unitOf(before)];
    for (const address of own) {
      if (addressesBefore.some((one) => isSame(one, address))) continue;
      const passed = units.map(
        (unit) => valueAt(there.readings[unit]!.certain, address) ?? NO_TRAFFIC,
      );
      const common =
        passed.length === 0 ? NO_TRAFFIC : passed.reduce((a, b) => traffic.intersection(a, b));
      const key = formatAddress(address);
      const known = found.get(key)?.value ?? NO_TRAFFIC;
      const value = traffic.union(known, traffic.difference(FULL_TRAFFIC, common));
      if (value !== NO_TRAFFIC) found.set(key, { address, value });
    }
  }
  return points([...found.values()]);
}

/** Addresses that each pod of a unit has as its own node's, here or there: with them no policy changed anything. */
function localToAll(
  here: GroupAddresses,
  there: GroupAddresses,
  { pods }: Unit,
): AddressFunction<boolean> {
  const ownOf = (pod: number): readonly IpAddress[] => {
    const before = here.counterpart(pod);
    return [...here.ownAddresses(pod), ...(before < 0 ? [] : there.ownAddresses(before))];
  };
  const [first, ...rest] = pods;
  let common = ownOf(first!);
  for (const pod of rest) {
    if (common.length === 0) break;
    const own = ownOf(pod);
    common = common.filter((address) => own.some((one) => isSame(one, address)));
  }
  return points(distinctAddresses(common).map((address) => ({ address, value: true })));
}

/** What the units of a group exchange with addresses in one snapshot. */
class GroupAddresses {
  readonly units: readonly Unit[];
  readonly readings: readonly Reading[];

  constructor(
    private readonly traffic: SharedTraffic,
    direction: Direction,
    private readonly group: GroupPair,
    private readonly side: DiffSide,
  ) {
    this.units = side.unitsOf(group);
    this.readings = this.units.map((unit) => readingOf(traffic, side.analysis, direction, unit));
  }

  /** The pod of the same name in the other snapshot, or -1. */
  counterpart(pod: number): number {
    return this.side.named.counterpart(this.group, pod);
  }

  unitOf(pod: number): number {
    return unitWith(this.side.analysis, this.units, pod);
  }

  /** The addresses of the node of a pod that policies govern. */
  ownAddresses(pod: number): readonly IpAddress[] {
    const { analysis } = this.side;
    const { podClass, localNode } = analysis.index.pods;
    return analysis.isNode(podClass[pod]!) ? [] : nodeAddresses(analysis, localNode[pod]!);
  }

  isPodAddress({ family, first, last }: AddressRange): boolean {
    const { facts, index } = this.side.analysis;
    return (
      compareWords(first, last) === 0 && facts.isPodAddress(atomOf(index.atoms, family, first))
    );
  }

  /** What some pod may exchange, or may perhaps. */
  union(): AddressFunction<number> {
    const unite = (a: number, b: number): number => this.traffic.union(a, b);
    const own = this.units.flatMap(({ pods }) => pods.flatMap((pod) => this.ownAddresses(pod)));
    const local = distinctAddresses(own).map((address) => ({ address, value: FULL_TRAFFIC }));
    return this.readings
      .map(({ possible }) => possible)
      .reduce((a, b) => combine(a, b, NOTHING, unite), points(local));
  }
}

/** What a unit exchanges with addresses. */
interface Reading {
  readonly certain: AddressFunction<number>;
  /** With what rules may allow to domain names; the same as `certain` where there are none. */
  readonly possible: AddressFunction<number>;
  /** By domain name, the traffic that rules allow to it. */
  readonly byName: ReadonlyMap<string, number>;
}

/** What is allowed here, or may be, and is not in all of `others`. */
function gainedBy(
  traffic: SharedTraffic,
  here: Reading,
  others: readonly Reading[],
): AddressFunction<number> {
  const minus = (a: AddressFunction<number>, b: AddressFunction<number>): AddressFunction<number> =>
    combine(a, b, NOTHING, (x, y) => traffic.difference(x, y));
  const common = (read: (one: Reading) => AddressFunction<number>): AddressFunction<number> => {
    const [first, ...rest] = others.map(read);
    return rest.reduce(
      (a, b) => combine(a, b, NOTHING, (x, y) => traffic.intersection(x, y)),
      first ?? [],
    );
  };
  const certain = common((one) => one.certain);
  const gained = minus(here.certain, certain);
  if (here.byName.size === 0) return gained;
  const maybe = minus(here.possible, here.certain);
  const newNames = gainedNames(traffic, here, others);
  const toNewNames = maybe.map((piece) => ({
    ...piece,
    value: traffic.intersection(piece.value, newNames),
  }));
  return [
    minus(
      maybe,
      common((one) => one.possible),
    ),
    minus(toNewNames, certain),
  ].reduce((a, b) => combine(a, b, NOTHING, (x, y) => traffic.union(x, y)), gained);
}

/** The traffic allowed to some domain name here that is not allowed to it in all of `others`. */
function gainedNames(
  traffic: SharedTraffic,
  { byName }: Reading,
  others: readonly Reading[],
): number {
  let gained = NO_TRAFFIC;
  for (const [name, allowed] of byName) {
    const known = others.map((one) => one.byName.get(name) ?? NO_TRAFFIC);
    const common =
      known.length === 0 ? NO_TRAFFIC : known.reduce((a, b) => traffic.intersection(a, b));
    gained = traffic.union(gained, traffic.difference(allowed, common));
  }
  return gained;
}

function readingOf(
  traffic: SharedTraffic,
  analysis: Analysis,
  direction: Direction,
  { podClass }: Unit,
): Reading {
  const certain = addressFunction(traffic, analysis, direction, podClass, 'CERTAIN');
  const byName = trafficByName(traffic, analysis, direction, podClass);
  const possible =
    byName.size === 0
      ? certain
      : addressFunction(traffic, analysis, direction, podClass, 'POSSIBLE');
  return { certain, possible, byName };
}

function trafficByName(
  traffic: SharedTraffic,
  analysis: Analysis,
  direction: Direction,
  podClass: number,
): Map<string, number> {
  const byName = new Map<string, number>();
  const row = analysis.rowOf(direction, podClass);
  if (row === NO_ROW || !analysis.facts.rowUsesNames(direction, row)) return byName;
  const { policy, entryRule, entryPeer, entryTraffic } = analysis.index.compiled;
  analysis.eachEntry(direction, row, (entry, compiled) => {
    const { spec } = analysis.view.policy(policy[compiled]!);
    const peer = rulesOf(spec, direction)[entryRule[entry]!]?.peers?.[entryPeer[entry]!];
    if (peer?.kind !== 'domainNames') return;
    const allowed = traffic.of(analysis, entryTraffic[entry]!);
    for (const name of peer.names)
      byName.set(name, traffic.union(byName.get(name) ?? NO_TRAFFIC, allowed));
  });
  return byName;
}

function addressFunction(
  traffic: SharedTraffic,
  analysis: Analysis,
  direction: Direction,
  podClass: number,
  names: NameReading,
): AddressFunction<number> {
  const { atoms } = analysis.index;
  const subjects = [{ podClass, asked: FULL_TRAFFIC }];
  const pieces = trafficWithAddresses(analysis, direction, subjects, names);
  return Array.from(pieces.traffic, (id, piece) => {
    const { family, first } = atomBounds(atoms, pieces.cuts[piece]!);
    const { last } = atomBounds(atoms, pieces.cuts[piece + 1]! - 1);
    return { family, first, last, value: traffic.of(analysis, id) };
  }).filter(({ value }) => value !== NO_TRAFFIC);
}

/** Puts pieces with the same change together. */
function groupByChange(pieces: AddressFunction<Difference>): AddressDifference[] {
  const groups = new Map<string, { value: Difference; ranges: AddressRange[] }>();
  for (const { value, ...range } of pieces) {
    const { before, after, opened, closed, isNodeLocal } = value;
    if (opened === NO_TRAFFIC && closed === NO_TRAFFIC) continue;
    const key = [before, after, opened, closed, isNodeLocal].join();
    const entry = groups.get(key) ?? { value, ranges: [] };
    appendRange(entry.ranges, range);
    groups.set(key, entry);
  }
  return Array.from(groups.values(), ({ value, ranges }) => ({
    ...value,
    cidrs: cidrsOfRanges(ranges).map(formatCidr),
  }));
}

function isSame(a: IpAddress, b: IpAddress): boolean {
  return a.family === b.family && compareWords(a.words, b.words) === 0;
}
