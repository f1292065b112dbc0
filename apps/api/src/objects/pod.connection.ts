import { connectionType } from '../relay/connection.model.js';
import { PodModel } from './pod.model.js';

export const PodConnection = connectionType<PodModel>('Pod', () => PodModel);
