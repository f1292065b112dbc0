import { connectionType } from '../relay/connection.model.js';
import { NamespaceModel } from './namespace.model.js';

/** A page of namespaces. */
export const NamespaceConnection = connectionType<NamespaceModel>(
  'Namespace',
  () => NamespaceModel,
);
