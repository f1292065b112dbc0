import type { ClusterRow } from '@portolan/store';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { ClusterModel } from './cluster.model.js';

/** From the store's row to the type of the API. */
export function toClusterModel({ id, slug, name, labels, createdAt }: ClusterRow): ClusterModel {
  return newModel(ClusterModel, {
    id: encodeGlobalId({ type: 'Cluster', uuid: id }),
    uuid: id,
    slug,
    name,
    labels,
    createdAt,
  });
}
