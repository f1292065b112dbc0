import { type PluginRule, resourceSign } from '../plugin-sign.js';
import { optionalAgentSign } from './optional-agent.js';

const AGENT = {
  name: 'the AWS VPC CNI',
  daemonSets: ['aws-node'],
  label: ['k8s-app', 'aws-node'],
  enforcers: ['aws-eks-nodeagent', 'aws-network-policy-agent'],
  enforcement: 'AWS_VPC_CNI',
  confidence: 'UNSURE',
  reason:
    'the network policy agent of the AWS VPC CNI runs, but enforces policies only where `enableNetworkPolicy` is set, which is not in the snapshot',
} as const;

/** The AWS VPC CNI: its agent for policies is installed by default, and switched off by default. */
export const awsVpcCniRule: PluginRule = {
  name: AGENT.name,
  look: (signs) =>
    optionalAgentSign(AGENT, signs) ?? resourceSign('AWS_VPC_CNI', AGENT.name, signs),
};
