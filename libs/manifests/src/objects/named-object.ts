import { type RouteKind, routeKindName } from '@portolan/model';
import { POLICY_KIND_OF, WORKLOAD_KIND_OF } from '../kinds.js';
import type { ObjectName } from '../manifest-layer.js';
import type { SlimObject } from './slim-objects.js';

/** Whether a name is that of the object, or of the Namespace that it is in. */
export function isNamed(object: SlimObject, { kind, namespace, name }: ObjectName): boolean {
  const place = 'namespace' in object ? object.namespace : '';
  if (kind === 'Namespace')
    return object.type === 'namespace' ? object.name === name : place === name && name !== '';
  return object.name === name && place === (namespace ?? '') && isOfKind(object, kind);
}

function isOfKind(object: SlimObject, kind: string): boolean {
  switch (object.type) {
    case 'namespace':
      return false;
    case 'node':
      return kind === 'Node';
    case 'customResourceDefinition':
      return kind === 'CustomResourceDefinition';
    case 'serviceCidr':
      return kind === 'ServiceCIDR';
    case 'serviceAccount':
      return kind === 'ServiceAccount';
    case 'roleBinding':
      return kind === (object.namespace === '' ? 'ClusterRoleBinding' : 'RoleBinding');
    case 'apiServerCaller':
      return object.kind === kind;
    case 'pod':
      return kind === 'Pod';
    case 'workload':
      return object.kind === WORKLOAD_KIND_OF.get(kind);
    case 'policy':
      return object.kind === POLICY_KIND_OF.get(kind);
    case 'service':
      return kind === 'Service';
    case 'endpoints':
      return kind === (object.form === 'SLICE' ? 'EndpointSlice' : 'Endpoints');
    case 'route':
      // A route's kind is one of ROUTE_KINDS.
      return routeKindName(object.kind as RouteKind) === kind;
    case 'gateway':
      return kind === 'Gateway';
    case 'grant':
      return kind === 'ReferenceGrant';
  }
}
