import type { Analysis } from '@portolan/engine';
import { type EndpointRef, policyKindName, type RuleRef } from '@portolan/model';
import { writeAddress } from '../addresses.js';
import { type Endpoint, isPod, type Policy, type RuleMatch } from '../cluster.js';
import { keyOf, type Probe } from '../expected-access.js';
import type { Pod } from '../workloads.js';

/** Names an endpoint of an answer as `rowKey`, `workloadKey` and `namespaceKey` name the oracle's. */
export function refKey(ref: EndpointRef): string {
  switch (ref.kind) {
    case 'pod':
      return `pod ${ref.namespace}/${ref.name}`;
    case 'service':
      return `service ${ref.namespace}/${ref.name}`;
    case 'workload':
      return `workload ${ref.namespace}/${ref.kindName} ${ref.name}`;
    case 'namespace':
      return `namespace ${ref.name}`;
    case 'external':
      return `external ${ref.cidrs.join(' ')}`;
    case 'selection':
    case 'hypothetical':
      return `${ref.kind} ${ref.text}`;
  }
}

/** Names the row of a pod: that of a template pod is its workload's. */
export function rowKey(pod: Pod): string {
  return pod.template ? workloadKey(pod) : `pod ${keyOf(pod)}`;
}

export function namespaceKey({ namespace }: Pod): string {
  return `namespace ${namespace}`;
}

export function workloadKey({ namespace, owner }: Pod): string {
  return `workload ${namespace}/${owner.kind} ${owner.name}`;
}

/** Pods by a key, in their order. */
export function groupPods(pods: readonly Pod[], key: (pod: Pod) => string): Map<string, Pod[]> {
  const groups = new Map<string, Pod[]>();
  for (const pod of pods) groups.set(key(pod), [...(groups.get(key(pod)) ?? []), pod]);
  return groups;
}

const ruleKeys = new WeakMap<RuleMatch, string>();

/** Names a rule of the oracle as `foundRuleKey` names one of an answer. */
export function ruleKey(match: RuleMatch): string {
  let key = ruleKeys.get(match);
  if (key === undefined) ruleKeys.set(match, (key = describeRule(match)));
  return key;
}

function describeRule({ policy, direction, rule, peer }: RuleMatch): string {
  return `${policyKey(policy)} ${direction} rule ${rule} peer ${String(peer)}`;
}

export function foundRuleKey(
  { view }: Pick<Analysis, 'view'>,
  { policy, direction, rule, peer }: RuleRef,
): string {
  return `${foundPolicyKey({ view }, policy)} ${direction} rule ${rule} peer ${String(peer)}`;
}

/** Names a policy of the oracle as `foundPolicyKey` names one of an answer: `NetworkPolicy shop/web`. */
export function policyKey(policy: Policy): string {
  const { kind, name } = policy;
  return policy.kind === 'NetworkPolicy'
    ? `${kind} ${policy.namespace}/${name}`
    : `${kind} ${name}`;
}

/** Kind, namespace and name of a policy of an answer. */
export function foundPolicyKey({ view }: Pick<Analysis, 'view'>, policy: number): string {
  const { kind, namespace, name } = view.policy(policy);
  const scope = namespace < 0 ? '' : `${view.namespaceName(namespace)}/`;
  return `${policyKindName(kind)} ${scope}${name}`;
}

export function probeName({ protocol, port }: Probe): string {
  return `${protocol} ${port}`;
}

export function endpointName(endpoint: Endpoint): string {
  return isPod(endpoint) ? keyOf(endpoint) : writeAddress(endpoint);
}
