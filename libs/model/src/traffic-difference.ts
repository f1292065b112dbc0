import type { PortRange, TrafficSet } from './traffic.js';

/** The traffic of a set that another one does not have. */
export function trafficDifference(traffic: TrafficSet, without: TrafficSet): TrafficSet {
  return traffic.flatMap((range) => without.reduce(cutAll, [range]));
}

/** The traffic that two sets have in common. */
export function commonTraffic(a: TrafficSet, b: TrafficSet): TrafficSet {
  return trafficDifference(a, trafficDifference(a, b));
}

function cutAll(ranges: readonly PortRange[], hole: PortRange): PortRange[] {
  return ranges.flatMap((range) => cut(range, hole));
}

function cut(range: PortRange, hole: PortRange): PortRange[] {
  if (hole.protocol !== range.protocol || hole.to < range.from || hole.from > range.to)
    return [range];
  return [
    { ...range, to: hole.from - 1 },
    { ...range, from: hole.to + 1 },
  ].filter(({ from, to }) => from <= to);
}
