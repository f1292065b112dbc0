import { connectionType } from '../relay/connection.model.js';
import { ClusterModel } from './cluster.model.js';

export const ClusterConnection = connectionType('Cluster', () => ClusterModel);
