import { type Direction, formatTraffic, type PolicyRule, type TrafficSet } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';

/** A rule that lets the internet in or out, with all pods for which it does. */
export interface InternetExposure {
  /** Index of the policy. */
  readonly policy: number;
  readonly at: number;
  readonly rule: PolicyRule;
  readonly traffic: TrafficSet;
  /** Workloads (indices), sorted. */
  readonly workloads: readonly number[];
}

/** Gathers what the rows of a direction have to do with the internet, rule by rule, in the order of the policies. */
export function internetExposures(
  { analysis, internet, rows }: FindingContext,
  direction: Direction,
): InternetExposure[] {
  const found = new Map<string, Omit<InternetExposure, 'workloads'> & { classes: number[] }>();
  for (const [, classes] of rows.of(direction))
    for (const { policy, at, rule, traffic } of internet.of(direction, classes[0]!)) {
      const key = `${String(policy)} ${String(at)}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { policy, at, rule, traffic, classes: [...classes] });
      else {
        const union = analysis.traffic.add([...known.traffic, ...traffic]);
        known.classes.push(...classes);
        found.set(key, { ...known, traffic: analysis.traffic.get(union) });
      }
    }
  return [...found.values()]
    .sort((a, b) => a.policy - b.policy || a.at - b.at)
    .map(({ classes, ...exposure }) => ({ ...exposure, workloads: rows.workloads(classes) }));
}

/** What names a rule whatever else there is: its own text. */
export function ruleKey({ peers, ports }: PolicyRule): string {
  return JSON.stringify([peers, ports]);
}

/** `TCP 443`, `all traffic`. */
export function trafficText(traffic: TrafficSet): string {
  const text = formatTraffic(traffic);
  return text === 'All' ? 'all traffic' : text;
}
