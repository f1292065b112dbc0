import { connectionType } from '../relay/connection.model.js';
import { ClusterModel } from './cluster.model.js';

/** A page of clusters. */
export const ClusterConnection = connectionType('Cluster', () => ClusterModel);
