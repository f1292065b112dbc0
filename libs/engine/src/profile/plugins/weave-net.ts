import type { PluginRule } from '../plugin-sign.js';
import { optionalAgentSign } from './optional-agent.js';

const AGENT = {
  name: 'Weave Net',
  daemonSets: ['weave-net'],
  label: ['name', 'weave-net'],
  enforcers: ['weave-npc'],
  enforcement: 'WEAVE_NET',
  confidence: 'CERTAIN',
  reason: 'weave-npc enforces NetworkPolicies on every node',
} as const;

/** Weave Net: enforces policies by a container of its own, which can be left out. */
export const weaveNetRule: PluginRule = {
  name: AGENT.name,
  look: (signs) => optionalAgentSign(AGENT, signs),
};
