import { connectionType } from '../relay/connection.model.js';
import { NamespaceModel } from './namespace.model.js';

export const NamespaceConnection = connectionType<NamespaceModel>(
  'Namespace',
  () => NamespaceModel,
);
