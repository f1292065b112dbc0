import { connectionType } from '../relay/connection.model.js';
import { PolicyModel } from './policy.model.js';

export const PolicyConnection = connectionType<PolicyModel>('Policy', () => PolicyModel);
