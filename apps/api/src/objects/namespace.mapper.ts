import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { NamespaceModel } from './namespace.model.js';

/** The namespace of that snapshot-wide index. */
export function toNamespaceModel(snapshot: IndexedSnapshot, index: number): NamespaceModel {
  const { name, labels, declared } = snapshot.view.namespace(index);
  return newModel(NamespaceModel, {
    origin: { snapshot, index },
    id: encodeGlobalId({ type: 'Namespace', snapshot: snapshot.row.id, index }),
    stableKey: `namespace:${name}`,
    name,
    displayName: name,
    labels,
    declared,
  });
}
