import { type FindingObject, policyName, routeKindName, type SnapshotView } from '@portolan/model';

/** Names what a finding is about, for people and fingerprints: `Deployment shop/web`, `Namespace shop`. */
export function objectName(view: SnapshotView, object: FindingObject): string {
  switch (object.kind) {
    case 'INPUT':
      return [object.kindName, object.object].filter((part) => part !== null).join(' ');
    case 'NAMESPACE':
      return `Namespace ${view.namespaceName(object.index)}`;
    case 'WORKLOAD': {
      const { namespace, name, kindName } = view.workloadIdentity(object.index);
      return `${kindName} ${namespace}/${name}`;
    }
    case 'POD': {
      const { namespace, name } = view.pod(object.index);
      return `Pod ${view.namespaceName(namespace)}/${name}`;
    }
    case 'POLICY': {
      const policy = view.policy(object.index);
      const { namespace } = policy;
      return policyName(namespace < 0 ? null : view.namespaceName(namespace), policy);
    }
    case 'NODE':
      return `Node ${view.node(object.index).name}`;
    case 'SERVICE':
      return `Service ${namespaced(view, view.services.at(object.index))}`;
    case 'ROUTE': {
      const route = view.routes.at(object.index);
      return `${routeKindName(route.spec.kind)} ${namespaced(view, route)}`;
    }
    case 'GATEWAY':
      return `Gateway ${namespaced(view, view.gateways.at(object.index))}`;
  }
}

function namespaced(
  view: SnapshotView,
  { namespace, name }: { readonly namespace: number; readonly name: string },
): string {
  return `${view.namespaceName(namespace)}/${name}`;
}
