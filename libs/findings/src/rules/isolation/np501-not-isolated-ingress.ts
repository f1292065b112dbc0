import type { FindingRule } from '../../finding-rule.js';
import { findOpen } from './open-workloads.js';

/** No policy closes the ingress of a workload. */
export const NOT_ISOLATED_INGRESS: FindingRule = {
  id: 'NP501',
  name: 'not-isolated-ingress',
  category: 'ISOLATION',
  severity: 'MEDIUM',
  description: 'No policy isolates the ingress of a workload.',
  remediation: 'Add a policy that selects it and admits what it serves.',
  needsCompleteSnapshot: true,
  find: findOpen(
    'INGRESS',
    (namespace) =>
      `No policy in ${namespace} isolates its ingress: whoever can route to it reaches all its ports.`,
    'Add a NetworkPolicy for ingress that selects it and admits what it serves.',
  ),
};
