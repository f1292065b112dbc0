import { describe, expect, it } from 'vitest';
import { ALL_TRAFFIC, formatTraffic, type PortRange } from './traffic.js';
import { commonTraffic, trafficDifference } from './traffic-difference.js';

const tcp = (from: number, to = from): PortRange => ({ protocol: 'TCP', from, to });

describe('trafficDifference', () => {
  it.each([
    ['a port inside a range', [tcp(1, 10)], [tcp(5)], 'TCP 1-4,6-10'],
    ['the ends of a range', [tcp(1, 10)], [tcp(1), tcp(9, 20)], 'TCP 2-8'],
    ['a port of another protocol', [tcp(53)], [{ ...tcp(53), protocol: 'UDP' }], 'TCP 53'],
    ['everything', [tcp(1, 10)], ALL_TRAFFIC, 'None'],
    ['nothing', [tcp(1, 10)], [], 'TCP 1-10'],
  ] as const)('takes away %s', (_, traffic, without, left) => {
    expect(formatTraffic(trafficDifference(traffic, without))).toBe(left);
  });
});

describe('commonTraffic', () => {
  it('has what both have', () => {
    expect(formatTraffic(commonTraffic([tcp(1, 10)], [tcp(8, 12), tcp(2)]))).toBe('TCP 2,8-10');
  });
});
