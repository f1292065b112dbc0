import { agentRule } from '../plugin-sign.js';

/** Antrea. */
export const antreaRule = agentRule({
  plugin: 'ANTREA',
  name: 'Antrea',
  daemonSets: ['antrea-agent'],
  label: ['component', 'antrea-agent'],
  confidence: 'CERTAIN',
  reason: 'antrea-agent enforces NetworkPolicies on every node',
});
