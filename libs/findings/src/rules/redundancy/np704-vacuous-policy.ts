import { findVacuousPolicies, type VacuousPolicy } from '@portolan/engine';
import type { FindingRule } from '../../finding-rule.js';

/** A policy isolates pods that nothing else isolates, and admits everything. */
export const VACUOUS_POLICY: FindingRule = {
  id: 'NP704',
  name: 'vacuous-policy',
  category: 'REDUNDANCY',
  severity: 'LOW',
  description: 'A policy admits all traffic of a direction to pods that no other policy isolates.',
  remediation: 'Remove the policy, or let it admit less.',
  needsCompleteSnapshot: true,
  find({ analysis, view }, report) {
    for (const [policy, found] of grouped(findVacuousPolicies(analysis))) {
      const { directions } = view.policy(policy).spec;
      const isWhole = found.length === directions.length;
      const where = found.map(({ direction }) => direction.toLowerCase());
      const isCertain = found.every((one) => one.isCertain);
      report({
        object: { kind: 'POLICY', index: policy },
        ...(isWhole ? {} : { path: `spec.${where.join()}` }),
        key: where.join(),
        message: `Has no effect on ${where.join(' and ')}${isCertain ? '' : ' of the pods that exist'}: it admits all traffic, and no other policy isolates its pods.`,
        confidence: isCertain ? 'CERTAIN' : 'LIKELY',
        // Whether to remove it or to let it admit less is for a person to decide.
        fix: {
          text: `${isWhole ? 'Remove the policy' : `Leave ${where.join()} out of the policy`}, or let it admit less.`,
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

function grouped(all: readonly VacuousPolicy[]): Map<number, VacuousPolicy[]> {
  const byPolicy = new Map<number, VacuousPolicy[]>();
  for (const one of all) byPolicy.set(one.policy, [...(byPolicy.get(one.policy) ?? []), one]);
  return byPolicy;
}
