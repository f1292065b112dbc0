import { registerEnumType } from '@nestjs/graphql';
import type { RouteKind } from '@portolan/model';

/** Kinds of route. */
export const RouteKindEnum = {
  INGRESS: 'INGRESS',
  HTTP_ROUTE: 'HTTP_ROUTE',
  GRPC_ROUTE: 'GRPC_ROUTE',
  TLS_ROUTE: 'TLS_ROUTE',
  TCP_ROUTE: 'TCP_ROUTE',
  OPENSHIFT_ROUTE: 'OPENSHIFT_ROUTE',
} as const satisfies Record<RouteKind, RouteKind>;

registerEnumType(RouteKindEnum, {
  name: 'RouteKind',
  description: 'Kinds of object that publish Services.',
  valuesMap: {
    INGRESS: { description: 'Ingress of networking.k8s.io.' },
    HTTP_ROUTE: { description: 'HTTPRoute of the Gateway API.' },
    GRPC_ROUTE: { description: 'GRPCRoute of the Gateway API.' },
    TLS_ROUTE: { description: 'TLSRoute of the Gateway API.' },
    TCP_ROUTE: { description: 'TCPRoute of the Gateway API.' },
    OPENSHIFT_ROUTE: { description: 'Route of OpenShift (route.openshift.io).' },
  },
});
