import { policyKindName, type PolicyRecord, type SnapshotView } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { PolicyModel } from './policy.model.js';

/** The policy of that snapshot-wide index. */
export function toPolicyModel(snapshot: IndexedSnapshot, index: number): PolicyModel {
  const policy = snapshot.view.policy(index);
  const { kind, name, labels, spec } = policy;
  return newModel(PolicyModel, {
    origin: { snapshot, index },
    id: encodeGlobalId({ type: 'Policy', snapshot: snapshot.row.id, index }),
    stableKey: stableKey(snapshot.view, policy),
    name,
    labels,
    kind,
    tier: spec.tier,
    priority: spec.priority,
    directions: spec.directions,
  });
}

/** The name of a policy's namespace; null = cluster-scoped. */
export function policyNamespace(view: SnapshotView, { namespace }: PolicyRecord): string | null {
  return namespace < 0 ? null : view.namespaceName(namespace);
}

/** `policy:shop/NetworkPolicy/web`, `policy:AdminNetworkPolicy/deny-metadata`. */
function stableKey(view: SnapshotView, policy: PolicyRecord): string {
  const namespace = policyNamespace(view, policy);
  const scope = namespace === null ? '' : `${namespace}/`;
  return `policy:${scope}${policyKindName(policy.kind)}/${policy.name}`;
}
