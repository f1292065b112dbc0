import type { Direction, FindingFix, FixEdit, PolicySpec } from '@portolan/model';

const FIELDS = { INGRESS: 'ingress', EGRESS: 'egress' } as const;
const TYPES = { INGRESS: 'Ingress', EGRESS: 'Egress' } as const;

/**
 * Takes a rule out of a NetworkPolicy. A policy that does not say its types governs egress because it has egress rules; so where
 * none is left (`leavesNone`) the types are written out.
 */
export function withoutRule(
  spec: PolicySpec,
  direction: Direction,
  rule: number,
  leavesNone: boolean,
): FindingFix {
  const removed: FixEdit = { op: 'remove', path: ['spec', FIELDS[direction], rule] };
  if (!leavesNone || direction === 'INGRESS')
    return { text: 'Remove the rule.', yaml: '# Nothing instead of the rule.\n', edits: [removed] };
  const types = spec.directions.map((one) => TYPES[one]);
  return {
    text: `Remove the rule, and keep policyTypes: [${types.join(', ')}], so that the pods stay isolated.`,
    yaml: `policyTypes: [${types.join(', ')}]\n`,
    edits: [{ op: 'set', path: ['spec', 'policyTypes'], value: types }, removed],
  };
}
