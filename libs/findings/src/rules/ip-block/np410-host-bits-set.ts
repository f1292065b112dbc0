import type { FindingFix, Problem } from '@portolan/model';
import { fieldPath } from '../../field-path.js';
import type { FindingRule } from '../../finding-rule.js';
import { isAboutPolicy, placeOfField, policyObject, sentence } from '../../problem-object.js';

/** A CIDR with host bits: it stands for the whole network, which is more than the one address that it names. */
export const HOST_BITS_SET: FindingRule = {
  id: 'NP410',
  name: 'host-bits-set',
  category: 'IP_BLOCK',
  severity: 'LOW',
  description: 'A CIDR of a policy has host bits.',
  remediation: 'Write the network, or /32 (IPv6: /128) for the one address.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const problem of context.problems) {
      if (problem.code !== 'CIDR_HOST_BITS' || !isAboutPolicy(problem)) continue;
      const place = placeOfField(problem);
      report({
        object: policyObject(context, problem),
        ...(place === undefined ? {} : { place }),
        ...(problem.field === null ? {} : { path: problem.field }),
        key: problem.message,
        message: sentence(problem.message),
        fix: fixOf(problem),
      });
    }
  },
};

function fixOf({ field, message }: Problem): FindingFix {
  const text = 'Write the network as it is read; if one address is meant, write /32 (IPv6: /128).';
  const path = fieldPath(field);
  const [, network] = / read as (\S+)$/.exec(message) ?? [];
  if (path === null || network === undefined) return { text, yaml: null, edits: [] };
  const key = path.at(-1);
  return {
    text,
    yaml: typeof key === 'string' ? `${key}: ${network}` : `- ${network}`,
    edits: [{ op: 'set', path, value: network }],
  };
}
