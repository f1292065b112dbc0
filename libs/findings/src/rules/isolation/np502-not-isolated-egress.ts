import type { FindingRule } from '../../finding-rule.js';
import { findOpen } from './open-workloads.js';

/** No policy closes the egress of a workload. */
export const NOT_ISOLATED_EGRESS: FindingRule = {
  id: 'NP502',
  name: 'not-isolated-egress',
  category: 'ISOLATION',
  severity: 'LOW',
  description: 'No policy isolates the egress of a workload.',
  remediation: 'Add a policy that selects it and admits what it needs, DNS included.',
  needsCompleteSnapshot: true,
  find: findOpen(
    'EGRESS',
    (namespace) => `No policy in ${namespace} isolates its egress: it may connect anywhere.`,
    'Add a NetworkPolicy for egress that selects it and admits what it needs, DNS included.',
  ),
};
