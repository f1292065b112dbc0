import { connectionType } from '../relay/connection.model.js';
import { PodModel } from './pod.model.js';

/** A page of pods. */
export const PodConnection = connectionType<PodModel>('Pod', () => PodModel);
