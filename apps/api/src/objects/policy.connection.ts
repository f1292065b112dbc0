import { connectionType } from '../relay/connection.model.js';
import { PolicyModel } from './policy.model.js';

/** A page of policies. */
export const PolicyConnection = connectionType<PolicyModel>('Policy', () => PolicyModel);
