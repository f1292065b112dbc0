import { connectionType } from '../relay/connection.model.js';
import { ServiceModel } from './service.model.js';

/** A page of Services. */
export const ServiceConnection = connectionType<ServiceModel>('Service', () => ServiceModel);
