import { ALL_TRAFFIC, type PortRange, PROTOCOLS } from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FULL_TRAFFIC, NO_TRAFFIC, TrafficSets } from './traffic-sets.js';

const port = fc.integer({ min: 1, max: 40 });
const range = fc
  .tuple(fc.constantFrom(...PROTOCOLS), port, port)
  .map(([protocol, a, b]): PortRange => ({ protocol, from: Math.min(a, b), to: Math.max(a, b) }));
const ranges = fc.array(range, { maxLength: 6 });

/** Every (protocol, port) of a list of ranges, one by one. */
function points(list: readonly PortRange[]): Set<string> {
  return new Set(
    list.flatMap(({ protocol, from, to }) =>
      Array.from({ length: to - from + 1 }, (_, i) => `${protocol} ${String(from + i)}`),
    ),
  );
}

describe('TrafficSets', () => {
  it('agrees with sets of single ports', () => {
    const table = new TrafficSets();
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        const [one, other] = [table.add(a), table.add(b)];
        const [x, y] = [points(a), points(b)];
        expect(points(table.get(table.union(one, other)))).toEqual(new Set([...x, ...y]));
        expect(points(table.get(table.intersection(one, other)))).toEqual(
          new Set([...x].filter((p) => y.has(p))),
        );
        expect(points(table.get(table.difference(one, other)))).toEqual(
          new Set([...x].filter((p) => !y.has(p))),
        );
        expect(table.meet(one, other)).toBe([...x].some((p) => y.has(p)));
      }),
      { numRuns: 500 },
    );
  });

  it('knows what is enough without keeping more sets', () => {
    const table = new TrafficSets();
    fc.assert(
      fc.property(ranges, fc.array(ranges, { maxLength: 6 }), (a, several) => {
        const wanted = table.add(a);
        const ids = several.map((one) => table.add(one));
        const { size } = table;
        const all = points(several.flat());
        expect(table.areEnough(ids, wanted)).toBe([...points(a)].every((p) => all.has(p)));
        expect(table.size).toBe(size);
      }),
      { numRuns: 500 },
    );
  });

  it('gives equal sets one id, however they came about', () => {
    const table = new TrafficSets();
    const whole = table.range(0, 80, 90);
    const parts = table.union(table.range(0, 80, 84), table.range(0, 85, 90));
    expect(parts).toBe(whole);
    expect(table.difference(whole, whole)).toBe(NO_TRAFFIC);
    expect(table.add(ALL_TRAFFIC)).toBe(FULL_TRAFFIC);
  });

  it('keeps its ids through shared memory', () => {
    const table = new TrafficSets();
    const id = table.union(table.range(0, 80, 80), table.range(1, 53, 53));
    const copy = TrafficSets.from(table.toGrouped());
    expect(copy.get(id)).toEqual(table.get(id));
    expect(copy.size).toBe(table.size);
  });

  it('takes sets of many ranges', () => {
    const table = new TrafficSets();
    const odd = Array.from({ length: 20_000 }, (_, i) => ({
      protocol: 'TCP' as const,
      from: 2 * i + 1,
      to: 2 * i + 1,
    }));
    const half = table.add(odd.slice(0, 3_000));
    expect(table.get(half)).toHaveLength(3_000);
    expect(table.get(table.intersection(half, table.range(0, 1, 10)))).toHaveLength(5);
  });
});
