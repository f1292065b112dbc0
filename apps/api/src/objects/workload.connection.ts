import { connectionType } from '../relay/connection.model.js';
import { WorkloadModel } from './workload.model.js';

export const WorkloadConnection = connectionType<WorkloadModel>('Workload', () => WorkloadModel);
