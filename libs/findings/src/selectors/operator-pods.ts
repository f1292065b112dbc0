import type { SkippedKind } from '@portolan/model';
import { listNames } from './selection-words.js';

/** Groups of Kubernetes itself: their kinds make no pods but those that are read. */
const OWN_GROUPS = new Set(['', 'apps', 'batch', 'autoscaling', 'policy', 'extensions', 'v1']);
/** Kinds that are often there, and no pod comes of them. */
const WITHOUT_PODS = new Set([
  'ServiceMonitor',
  'PodMonitor',
  'PrometheusRule',
  'Probe',
  'ScrapeConfig',
  'AlertmanagerConfig',
  'Certificate',
  'Issuer',
  'ClusterIssuer',
  'VirtualService',
  'DestinationRule',
  'ServiceEntry',
  'PeerAuthentication',
  'AuthorizationPolicy',
  'ExternalSecret',
  'SecretStore',
  'ClusterSecretStore',
  'SealedSecret',
  'AppProject',
]);

/** Kinds that were not read and of which an operator may make pods, sorted: `Alertmanager`, `Prometheus`. */
export function kindsWithUnknownPods(skipped: readonly SkippedKind[]): string[] {
  const kinds = skipped
    .filter(({ group, kind }) => !isOwn(group) && !WITHOUT_PODS.has(kind))
    .map(({ kind }) => kind);
  return [...new Set(kinds)].sort();
}

function isOwn(group: string): boolean {
  return OWN_GROUPS.has(group) || group.endsWith('.k8s.io');
}

/** What to add to a message that misses pods; empty where every pod is known. */
export function operatorCaveat(kinds: readonly string[]): string {
  if (kinds.length === 0) return '';
  return ` Pods that operators make of ${listNames(kinds)} are not known: they may have the labels.`;
}
