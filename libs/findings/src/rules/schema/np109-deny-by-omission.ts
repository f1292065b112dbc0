import { type PolicyRecord, rulesOf } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { isolatesAlone, otherDirection } from './isolates-alone.js';

/**
 * `policyTypes` lists a direction whose key is absent, in a policy that seems to be there to allow something: by its name, or
 * because it has rules of the other direction. Told only where it denies: other policies isolate nobody there.
 */
export const DENY_BY_OMISSION: FindingRule = {
  id: 'NP109',
  name: 'deny-by-omission',
  category: 'SCHEMA',
  severity: 'INFO',
  description: 'policyTypes lists a direction for which an allowing policy has no list of rules.',
  remediation: 'Write an empty list where the denial is meant.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const { index: tables } = context.analysis;
    for (const [index, notes] of context.notes)
      for (const note of notes) {
        if (note.code !== 'RULES_ABSENT') continue;
        const { direction } = note;
        const policy = context.view.policy(index);
        const isSuspicious =
          seemsToAllow(policy) || rulesOf(policy.spec, otherDirection(direction)).length > 0;
        if (!isSuspicious) continue;
        const denied = isolatesAlone(context, policy, direction);
        if (denied.length === 0) continue;
        const { offsets, items } = tables.classes.pods;
        const workloads = new Set(
          denied.map((one) => tables.pods.podWorkload[items[offsets[one]!]!]),
        );
        const list = direction.toLowerCase();
        report({
          object: { kind: 'POLICY', index },
          path: 'spec.policyTypes',
          key: direction,
          confidence: 'POSSIBLE',
          message: `Denies all ${list} of ${String(workloads.size)} ${workloads.size === 1 ? 'workload' : 'workloads'}, for it lists the direction and has no rules for it.`,
          fix: {
            text: `If that is meant, write ${list}: [] to say so; else add rules, or take the direction out of policyTypes.`,
            yaml: `${list}: []`,
            edits: [{ op: 'set', path: ['spec', list], value: [] }],
          },
        });
      }
  },
};

/** By a word of its name, and none that says the contrary. */
function seemsToAllow({ name }: PolicyRecord): boolean {
  const words = name.toLowerCase().split(/[^a-z]+/);
  return words.some((word) => ALLOWING.has(word)) && !words.some((word) => DENYING.has(word));
}

const ALLOWING = new Set(['allow', 'allows', 'allowed', 'permit', 'open', 'enable', 'from', 'to']);
const DENYING = new Set([
  ...['deny', 'denied', 'block', 'isolate', 'isolation', 'lockdown', 'restrict', 'no', 'none'],
  ...['default', 'drop', 'reject', 'forbid', 'quarantine'],
]);
