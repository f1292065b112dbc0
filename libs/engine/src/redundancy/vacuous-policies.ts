import { type Direction, type PolicyRecord, rulesOf } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { range } from '../sets/range.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_CHAIN } from '../snapshot-index.js';
import { admissionsOf } from './admission.js';
import { PossibleCover } from './possible-cover.js';

/** A direction in which a NetworkPolicy isolates pods and admits everything, as if it were not there. */
export interface VacuousPolicy {
  readonly policy: number;
  readonly direction: Direction;
  /** Whether no other policy could ever select a pod that it selects; else none selects one that exists. */
  readonly isCertain: boolean;
}

/**
 * NetworkPolicies that admit all traffic of pods that no other one isolates and no baseline policy governs: without them the
 * same would pass. One that opens what others close is not among them.
 */
export function findVacuousPolicies(analysis: Analysis): VacuousPolicy[] {
  const { view } = analysis;
  const possible = new PossibleCover(analysis);
  return range(0, view.firstClusterPolicy).flatMap((index) => {
    const policy = view.policy(index);
    return policy.spec.directions
      .filter((direction) => admitsEverything(analysis, policy, direction))
      .filter((direction) => standsAlone(analysis, index, direction))
      .map((direction) => ({
        policy: index,
        direction,
        isCertain:
          possible.policiesMeeting(index, direction).length === 0 &&
          !governsAsBaseline(analysis, direction),
      }));
  });
}

/** Whether rules without peers admit all traffic. */
function admitsEverything(
  analysis: Analysis,
  { namespace, spec }: Pick<PolicyRecord, 'namespace' | 'spec'>,
  direction: Direction,
): boolean {
  let rest = FULL_TRAFFIC;
  for (const rule of rulesOf(spec, direction)) {
    if (rule.peers !== null) continue;
    for (const { ports } of admissionsOf(analysis, namespace, rule))
      rest = analysis.traffic.difference(rest, ports.traffic);
  }
  return rest === NO_TRAFFIC;
}

/** Whether it selects pods, and nothing else says anything of them behind the admin tier. */
function standsAlone(analysis: Analysis, policy: number, direction: Direction): boolean {
  const { subjects, rows, baselineOfRow } = analysis.direction(direction);
  const selected = groupOf(subjects, policy);
  return (
    selected.length > 0 &&
    selected.every((one) => {
      const row = analysis.rowOf(direction, one);
      return groupOf(rows, row).length === 1 && baselineOfRow[row] === NO_CHAIN;
    })
  );
}

function governsAsBaseline({ view }: Analysis, direction: Direction): boolean {
  return range(view.firstClusterPolicy, view.policyCount).some((index) => {
    const { tier, directions } = view.policy(index).spec;
    return tier === 'BASELINE' && directions.includes(direction);
  });
}
