import type { FindingRule } from '../../finding-rule.js';

/** An empty `egress` without `policyTypes`: it reads like a denial, and denies nothing. */
export const EMPTY_EGRESS_WITHOUT_TYPE: FindingRule = {
  id: 'NP108',
  name: 'empty-egress-without-type',
  category: 'SCHEMA',
  severity: 'HIGH',
  description: 'A policy has an empty egress and no policyTypes: egress is not denied.',
  remediation: 'Add Egress to policyTypes.',
  needsCompleteSnapshot: false,
  find({ analysis, notes, selections, view }, report) {
    for (const [index, written] of notes) {
      if (!written.some(({ code }) => code === 'EMPTY_EGRESS')) continue;
      const { namespace, spec } = view.policy(index);
      const subjects = selections.selected(spec.subject, namespace);
      // Where other policies isolate all of them, one more that allows nothing would change nothing.
      const isDenied =
        subjects.length > 0 && subjects.every((one) => analysis.isIsolated('EGRESS', one));
      report({
        object: { kind: 'POLICY', index },
        path: 'spec.egress',
        key: '',
        severity: isDenied ? 'LOW' : 'HIGH',
        message: isDenied
          ? 'This policy does not govern egress: with no egress rules and no policyTypes it is about ingress only. Other policies deny what it seems to deny.'
          : 'Egress is not denied: with no egress rules and no policyTypes this policy governs ingress only.',
        fix: {
          text: 'Add policyTypes. If it is not about ingress, write [Egress] alone: ingress is denied as far as no rule allows it.',
          yaml: 'policyTypes: [Ingress, Egress]',
          edits: [{ op: 'set', path: ['spec', 'policyTypes'], value: ['Ingress', 'Egress'] }],
        },
      });
    }
  },
};
