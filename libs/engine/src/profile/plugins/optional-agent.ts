import type { DetectionConfidence, PolicyEnforcement } from '@portolan/model';
import type { ClusterSigns } from '../cluster-signs.js';
import type { PluginSign } from '../plugin-sign.js';

/** A DaemonSet that carries traffic, and enforces policies only with a container for that. */
interface OptionalAgent {
  readonly name: string;
  readonly daemonSets: readonly string[];
  readonly label: readonly [string, string];
  /** Containers that enforce. */
  readonly enforcers: readonly string[];
  readonly enforcement: PolicyEnforcement;
  /** How sure it is that such a container does what it is for, and why. */
  readonly confidence: DetectionConfidence;
  readonly reason: string;
}

/** What such a DaemonSet says; null when there is none. */
export function optionalAgentSign(agent: OptionalAgent, signs: ClusterSigns): PluginSign | null {
  const found = signs.daemonSet(agent.daemonSets, agent.label);
  if (found === null) return null;
  const { enforcement } = agent;
  const object = found.displayName;
  const containers = signs.containersOf(found);
  if (containers === null) {
    const reason = `whether ${agent.name} enforces policies depends on the containers of this DaemonSet, of which only pods are in the snapshot`;
    return { enforcement, object, reason, confidence: 'UNSURE' };
  }
  if (containers.some((name) => agent.enforcers.includes(name)))
    return { enforcement, object, reason: agent.reason, confidence: agent.confidence };
  const reason = `${agent.name} itself enforces no policies, and has no container that does`;
  return { enforcement: 'NONE', object, reason, confidence: 'LIKELY' };
}
