import { agentRule } from '../plugin-sign.js';

/** kindnet, the plugin of kind: only newer ones enforce policies. */
export const kindnetRule = agentRule({
  plugin: 'KINDNET',
  name: 'kindnet',
  daemonSets: ['kindnet'],
  label: ['app', 'kindnet'],
  confidence: 'UNSURE',
  reason:
    'kindnet enforces NetworkPolicies since kind v0.24; which version this is, the snapshot does not say',
});
