import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_TRAFFIC, TrafficSets } from './traffic-sets.js';
import { TrafficSum, TrafficSums } from './traffic-sum.js';

const ports = fc.array(
  fc.record({ protocol: fc.nat(2), from: fc.integer({ min: 1, max: 90 }), length: fc.nat(3) }),
  { maxLength: 120 },
);

describe('TrafficSum', () => {
  it('is the union of what was added, be it little or much', () => {
    fc.assert(
      fc.property(ports, (all) => {
        const table = new TrafficSets();
        const ids = all.map(({ protocol, from, length }) =>
          table.range(protocol, from, from + length),
        );
        const sum = new TrafficSum(table);
        for (const id of ids) sum.add(id);
        const expected = ids.reduce((union, id) => table.union(union, id), NO_TRAFFIC);
        expect(sum.total()).toBe(expected);
        expect(sum.total()).toBe(expected);
        expect(table.unionOf(ids)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('goes on behind a total', () => {
    const table = new TrafficSets();
    const sum = new TrafficSum(table);
    for (let port = 1; port < 200; port += 2) sum.add(table.range(0, port, port));
    sum.total();
    for (let port = 2; port < 200; port += 2) sum.add(table.range(0, port, port));
    expect(sum.total()).toBe(table.range(0, 1, 199));
  });

  it('keeps no set for each step of a long sum', () => {
    const table = new TrafficSets();
    const ids = Array.from({ length: 1000 }, (_, i) => table.range(0, 2 * i + 1, 2 * i + 1));
    const before = table.size;
    const sum = new TrafficSum(table);
    for (const id of ids) sum.add(id);
    expect(table.get(sum.total())).toHaveLength(1000);
    expect(table.size).toBeLessThan(before + 50);
  });
});

describe('TrafficSums', () => {
  it('adds up each place of a column by itself, and begins anew', () => {
    const table = new TrafficSets();
    const sums = new TrafficSums(3);
    for (let round = 0; round < 2; round++) {
      const column = new Int32Array(3).fill(NO_TRAFFIC);
      for (let port = 1; port <= 100; port++)
        for (let at = 0; at < 2; at++)
          sums.add(table, column, at, table.range(at, 2 * port, 2 * port + 1));
      sums.end(table, column);
      expect([...column]).toEqual([table.range(0, 2, 201), table.range(1, 2, 201), NO_TRAFFIC]);
    }
  });
});
