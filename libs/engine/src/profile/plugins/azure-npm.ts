import { agentRule } from '../plugin-sign.js';

/** Azure Network Policy Manager. Azure's CNI alone (azure-cns) enforces nothing itself. */
export const azureNpmRule = agentRule({
  plugin: 'AZURE_NPM',
  name: 'Azure Network Policy Manager',
  daemonSets: ['azure-npm'],
  label: ['k8s-app', 'azure-npm'],
  confidence: 'CERTAIN',
  reason: 'azure-npm enforces NetworkPolicies on every node',
});
