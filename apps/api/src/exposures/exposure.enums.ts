import { registerEnumType } from '@nestjs/graphql';
import type { ExposureLevel, ExposurePathKind, PathStatus } from '@portolan/model';

/** Who is on the other end, narrowest first. */
export const ExposureLevelEnum = {
  NAMESPACE: 'NAMESPACE',
  OTHER_NAMESPACES: 'OTHER_NAMESPACES',
  ENTIRE_CLUSTER: 'ENTIRE_CLUSTER',
  NODES: 'NODES',
  PRIVATE_NETWORKS: 'PRIVATE_NETWORKS',
  INTERNET: 'INTERNET',
} as const satisfies Record<ExposureLevel, ExposureLevel>;

registerEnumType(ExposureLevelEnum, {
  name: 'ExposureLevel',
  description: 'How wide an exposure is, narrowest first.',
  valuesMap: {
    NAMESPACE: { description: 'Some other pod of its own namespace; policies of both ends count.' },
    OTHER_NAMESPACES: {
      description: 'Some pod of another namespace; policies of both ends count.',
    },
    ENTIRE_CLUSTER: {
      description:
        "Every pod, also one that no rule names; the workload's own policies count, not those of the peers.",
    },
    NODES: {
      description:
        'Nodes, by their addresses. Not meant is the own node of a pod, which always reaches it.',
    },
    PRIVATE_NETWORKS: { description: 'Some address outside the cluster that is not public.' },
    INTERNET: { description: 'Some public address.' },
  },
});

/** Ways in which traffic comes to a workload. */
export const ExposurePathKindEnum = {
  DIRECT_ADDRESS: 'DIRECT_ADDRESS',
  LOAD_BALANCER: 'LOAD_BALANCER',
  NODE_PORT: 'NODE_PORT',
  EXTERNAL_IP: 'EXTERNAL_IP',
  INGRESS: 'INGRESS',
  GATEWAY: 'GATEWAY',
  OPENSHIFT_ROUTE: 'OPENSHIFT_ROUTE',
} as const satisfies Record<ExposurePathKind, ExposurePathKind>;

registerEnumType(ExposurePathKindEnum, {
  name: 'ExposurePathKind',
  description: 'Ways in which traffic comes to a workload.',
  valuesMap: {
    DIRECT_ADDRESS: { description: "The pods' own addresses." },
    LOAD_BALANCER: { description: 'A Service of type LoadBalancer.' },
    NODE_PORT: {
      description: 'A port of every node, of a Service of type NodePort or LoadBalancer.',
    },
    EXTERNAL_IP: { description: 'An external address of a Service.' },
    INGRESS: { description: 'An Ingress, its controller, and the Service that it names.' },
    GATEWAY: {
      description: 'A route of the Gateway API, its Gateway, and the Service that it names.',
    },
    OPENSHIFT_ROUTE: {
      description: 'A Route of OpenShift, the router, and the Service that it names.',
    },
  },
});

/** Whether traffic passes. */
export const PathStatusEnum = {
  OPEN: 'OPEN',
  BLOCKED: 'BLOCKED',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<PathStatus, PathStatus>;

registerEnumType(PathStatusEnum, {
  name: 'PathStatus',
  description: 'Whether traffic passes on a path.',
  valuesMap: {
    OPEN: { description: 'Some traffic passes.' },
    BLOCKED: { description: 'Nothing passes.' },
    UNKNOWN: { description: 'It depends on something that the snapshot does not tell.' },
  },
});
