import type { FindingFix, PolicyRecord } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { flowYaml, typesAsWritten } from '../../policy-manifest.js';
import { isolatesAlone } from './isolates-alone.js';

/** `policyTypes` is absent: what it governs follows from its rules, and changes with them. */
export const MISSING_POLICY_TYPES: FindingRule = {
  id: 'NP106',
  name: 'missing-policy-types',
  category: 'SCHEMA',
  severity: 'LOW',
  description: 'A policy does not say which directions it governs.',
  remediation: 'State policyTypes.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const [index, notes] of context.notes) {
      if (!notes.some(({ code }) => code === 'POLICY_TYPES_ABSENT')) continue;
      // NP108 says more.
      if (notes.some(({ code }) => code === 'EMPTY_EGRESS')) continue;
      const policy = context.view.policy(index);
      const types = typesAsWritten(policy.spec.directions);
      const isTrap = deniesIngressUnseen(context, policy);
      report({
        object: { kind: 'POLICY', index },
        path: 'spec',
        key: types.join(),
        severity: isTrap ? 'MEDIUM' : 'LOW',
        confidence: isTrap ? 'LIKELY' : 'CERTAIN',
        message: isTrap
          ? 'policyTypes is not set, so besides egress it governs ingress, for which it has no rules: it denies all ingress.'
          : `policyTypes is not set, so it governs ${types.join(' and ')}; a rule that is added later may change that.`,
        fix: fixOf(types, isTrap),
      });
    }
  },
};

function fixOf(types: readonly string[], isTrap: boolean): FindingFix {
  const alternative = isTrap ? ' If it is about egress alone, write [Egress].' : '';
  return {
    text: `State what is in effect.${alternative}`,
    yaml: `policyTypes: ${flowYaml(types)}`,
    edits: [{ op: 'set', path: ['spec', 'policyTypes'], value: types }],
  };
}

/** Whether a policy with nothing but egress rules is all that isolates some pod's ingress. */
function deniesIngressUnseen(context: FindingContext, policy: PolicyRecord): boolean {
  const { ingress, egress } = policy.spec;
  return (
    egress.length > 0 &&
    ingress.length === 0 &&
    isolatesAlone(context, policy, 'INGRESS').length > 0
  );
}
