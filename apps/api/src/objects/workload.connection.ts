import { connectionType } from '../relay/connection.model.js';
import { WorkloadModel } from './workload.model.js';

/** A page of workloads. */
export const WorkloadConnection = connectionType<WorkloadModel>('Workload', () => WorkloadModel);
