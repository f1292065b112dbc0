import type { Direction, PolicyRecord } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';

/** Classes of pods that a policy selects and no other NetworkPolicy isolates in a direction. */
export function isolatesAlone(
  { analysis, selections }: FindingContext,
  { index, spec, namespace }: PolicyRecord,
  direction: Direction,
): number[] {
  return selections
    .selected(spec.subject, namespace)
    .filter((one) =>
      analysis.isolatingPolicies(direction, one).every((policy) => policy === index),
    );
}

/** The direction that is not this one. */
export function otherDirection(direction: Direction): Direction {
  return direction === 'INGRESS' ? 'EGRESS' : 'INGRESS';
}
