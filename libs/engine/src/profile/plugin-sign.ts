import {
  type DetectionConfidence,
  type DetectionReason,
  type NetworkPlugin,
  PLUGIN_RESOURCES,
  type PolicyEnforcement,
} from '@portolan/model';
import type { ClusterSigns } from './cluster-signs.js';

/** What an object says about the enforcement of policies. NONE = it carries traffic and enforces nothing itself. */
export interface PluginSign extends DetectionReason {
  readonly enforcement: PolicyEnforcement;
}

/** Recognises one network plugin by what it installs. */
export interface PluginRule {
  /** The plugin, for people. */
  readonly name: string;
  look(signs: ClusterSigns): PluginSign | null;
}

/** How the agents of a plugin look. */
interface Agent {
  readonly plugin: NetworkPlugin;
  readonly name: string;
  readonly daemonSets: readonly string[];
  /** Label of the agents' pods. */
  readonly label: readonly [string, string];
  readonly confidence: DetectionConfidence;
  /** What the agents do about policies. */
  readonly reason: string;
}

/** A plugin that is recognised by its agents, and suspected where there are only its CustomResourceDefinitions. */
export function agentRule(agent: Agent): PluginRule {
  const { name, plugin } = agent;
  return { name, look: (signs) => agentSign(agent, signs) ?? resourceSign(plugin, name, signs) };
}

/** The sign of a plugin's agents; null when they are not there. */
export function agentSign(
  { plugin, daemonSets, label, reason, confidence }: Agent,
  signs: ClusterSigns,
): PluginSign | null {
  const found = signs.daemonSet(daemonSets, label);
  return found === null
    ? null
    : { enforcement: plugin, reason, object: found.displayName, confidence };
}

/** The sign of a plugin of which there are only CustomResourceDefinitions: they stay when a plugin goes. */
export function resourceSign(
  plugin: NetworkPlugin,
  name: string,
  signs: ClusterSigns,
): PluginSign | null {
  const resource = signs.resource(PLUGIN_RESOURCES[plugin] ?? []);
  if (resource === null) return null;
  return {
    enforcement: plugin,
    reason: `a resource of ${name} is defined, but the DaemonSet of its agents is not in the snapshot`,
    object: `CustomResourceDefinition ${resource}`,
    confidence: 'UNSURE',
  };
}
