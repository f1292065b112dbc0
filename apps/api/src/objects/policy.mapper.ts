import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../relay/new-model.js';
import { PolicyModel } from './policy.model.js';

/** The policy of that snapshot-wide index. */
export function toPolicyModel(snapshot: IndexedSnapshot, index: number): PolicyModel {
  const { namespace, name, labels, spec } = snapshot.view.policy(index);
  return newModel(PolicyModel, {
    origin: { snapshot, index },
    id: encodeGlobalId({ type: 'Policy', snapshot: snapshot.row.id, index }),
    stableKey: `policy:${snapshot.view.namespaceName(namespace)}/NetworkPolicy/${name}`,
    name,
    labels,
    kind: 'NETWORK_POLICY',
    directions: spec.policyTypes,
  });
}
