import { type Direction, formatCidr, rangeToCidrs, rulesOf } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { atomBounds } from '../build/address-atoms.js';
import { type NameReading, trafficWithAddresses } from '../questions/external-traffic.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW } from '../snapshot-index.js';
import { type AddressFunction, combine } from './address-function.js';
import type { Difference, DiffSide } from './compare-groups.js';
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
  const unite = (a: number, b: number): number => traffic.union(a, b);
  const before = readings(traffic, direction, base, group);
  const after = readings(traffic, direction, head, group);
  const gained = (
    units: readonly Unit[],
    here: readonly Reading[],
    there: readonly Reading[],
  ): AddressFunction<number> =>
    units
      .map(({ counterparts }, i) =>
        gainedBy(
          traffic,
          here[i]!,
          counterparts.map((unit) => there[unit]!),
        ),
      )
      .reduce((a, b) => combine(a, b, NOTHING, unite), []);
  const opened = gained(group.headUnits, after, before);
  const closed = gained(group.baseUnits, before, after);
  const whole = (functions: readonly Reading[]): AddressFunction<number> =>
    functions.reduce<AddressFunction<number>>(
      (union, { possible }) => combine(union, possible, NOTHING, unite),
      [],
    );
  const changes = combine(opened, closed, NOTHING, (one, other) => ({
    opened: one,
    closed: other,
  }));
  const states = combine(whole(before), whole(after), NOTHING, (one, other) => ({
    before: one,
    after: other,
  }));
  const nothing = {
    a: { opened: NO_TRAFFIC, closed: NO_TRAFFIC },
    b: { before: NO_TRAFFIC, after: NO_TRAFFIC },
  };
  return groupByChange(
    combine(changes, states, nothing, (change, state) => ({ ...change, ...state })),
  );
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

function readings(
  traffic: SharedTraffic,
  direction: Direction,
  { analysis, unitsOf }: DiffSide,
  group: GroupPair,
): Reading[] {
  return unitsOf(group).map(({ podClass }) => {
    const certain = addressFunction(traffic, analysis, direction, podClass, 'CERTAIN');
    const byName = trafficByName(traffic, analysis, direction, podClass);
    const possible =
      byName.size === 0
        ? certain
        : addressFunction(traffic, analysis, direction, podClass, 'POSSIBLE');
    return { certain, possible, byName };
  });
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
  const groups = new Map<string, { value: Difference; cidrs: string[] }>();
  for (const { family, first, last, value } of pieces) {
    if (value.opened === NO_TRAFFIC && value.closed === NO_TRAFFIC) continue;
    const key = [value.before, value.after, value.opened, value.closed].join();
    const entry = groups.get(key) ?? { value, cidrs: [] };
    entry.cidrs.push(...rangeToCidrs(family, first, last).map(formatCidr));
    groups.set(key, entry);
  }
  return Array.from(groups.values(), ({ value, cidrs }) => ({ ...value, cidrs }));
}
