import { type Direction, formatCidr, rangeToCidrs } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { atomBounds } from '../build/address-atoms.js';
import { trafficWithAddresses } from '../questions/external-traffic.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { type AddressFunction, combine } from './address-function.js';
import type { Difference, DiffSide } from './compare-groups.js';
import type { GroupPair, Unit } from './match-groups.js';
import type { SharedTraffic } from './shared-traffic.js';

/** Addresses outside the cluster whose traffic with a group changed in the same way. */
export interface AddressDifference extends Difference {
  readonly cidrs: readonly string[];
}

const NOTHING = { a: NO_TRAFFIC, b: NO_TRAFFIC };

/** Compares what a group exchanges with addresses outside the cluster, address by address. */
export function compareAddresses(
  traffic: SharedTraffic,
  direction: Direction,
  group: GroupPair,
  base: DiffSide,
  head: DiffSide,
): AddressDifference[] {
  const unite = (a: number, b: number): number => traffic.union(a, b);
  const before = functionsOf(traffic, direction, base, group);
  const after = functionsOf(traffic, direction, head, group);
  const gained = (
    units: readonly Unit[],
    here: Functions,
    there: Functions,
  ): AddressFunction<number> =>
    units
      .map(({ counterparts }, i) => {
        const [first, ...others] = counterparts.map((unit) => there[unit]!);
        const common = others.reduce(
          (a, b) => combine(a, b, NOTHING, (x, y) => traffic.intersection(x, y)),
          first ?? [],
        );
        return combine(here[i]!, common, NOTHING, (now, then) => traffic.difference(now, then));
      })
      .reduce((a, b) => combine(a, b, NOTHING, unite), []);
  const opened = gained(group.headUnits, after, before);
  const closed = gained(group.baseUnits, before, after);
  const whole = (functions: Functions): AddressFunction<number> =>
    functions.reduce((a, b) => combine(a, b, NOTHING, unite), []);
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

type Functions = readonly AddressFunction<number>[];

function functionsOf(
  traffic: SharedTraffic,
  direction: Direction,
  { analysis, unitsOf }: DiffSide,
  group: GroupPair,
): Functions {
  return unitsOf(group).map(({ podClass }) =>
    addressFunction(traffic, analysis, direction, podClass),
  );
}

function addressFunction(
  traffic: SharedTraffic,
  analysis: Analysis,
  direction: Direction,
  podClass: number,
): AddressFunction<number> {
  const { atoms } = analysis.index;
  const pieces = trafficWithAddresses(analysis, direction, [{ podClass, asked: FULL_TRAFFIC }]);
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
