import { formatAddress } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { PodModel } from './pod.model.js';

/** The pod of that snapshot-wide index. */
export function toPodModel(snapshot: IndexedSnapshot, index: number): PodModel {
  const { namespace, name, labels, ips, node, phase } = snapshot.view.pod(index);
  const displayName = `${snapshot.view.namespaceName(namespace)}/${name}`;
  return newModel(PodModel, {
    origin: { snapshot, index },
    id: encodeGlobalId({ type: 'Pod', snapshot: snapshot.row.id, index }),
    stableKey: `pod:${displayName}`,
    name,
    displayName,
    labels,
    ips: ips.map(formatAddress),
    nodeName: node,
    phase,
  });
}
