import { invariant, type LabelSelector, parseSelector, type RouteKind } from '@portolan/model';

/** An ingress controller as its project labels its pods. */
export interface KnownController {
  readonly name: string;
  readonly pods: LabelSelector;
  readonly serves: readonly RouteKind[];
  /** Names that its class of Ingress usually has. */
  readonly classes: readonly string[];
}

const GATEWAY_KINDS: readonly RouteKind[] = ['HTTP_ROUTE', 'GRPC_ROUTE', 'TLS_ROUTE', 'TCP_ROUTE'];
const INGRESS: readonly RouteKind[] = ['INGRESS'];

/** Cilium has none: its proxy is part of the agent on every node. */
export const KNOWN_CONTROLLERS: readonly KnownController[] = Object.freeze([
  {
    name: 'ingress-nginx',
    pods: selectorOf('app.kubernetes.io/name=ingress-nginx,app.kubernetes.io/component=controller'),
    serves: INGRESS,
    classes: ['nginx'],
  },
  {
    name: 'NGINX Ingress Controller',
    pods: selectorOf('app.kubernetes.io/name=nginx-ingress'),
    serves: INGRESS,
    classes: ['nginx'],
  },
  {
    name: 'Traefik',
    pods: selectorOf('app.kubernetes.io/name=traefik'),
    serves: [...INGRESS, ...GATEWAY_KINDS],
    classes: ['traefik'],
  },
  {
    name: 'the ingress controller of HAProxy',
    pods: selectorOf('app.kubernetes.io/name in (haproxy-ingress, kubernetes-ingress)'),
    serves: INGRESS,
    classes: ['haproxy'],
  },
  {
    name: 'Contour',
    pods: selectorOf('app.kubernetes.io/name=contour,app.kubernetes.io/component=envoy'),
    serves: [...INGRESS, ...GATEWAY_KINDS],
    classes: ['contour'],
  },
  {
    name: 'the ingress gateway of Istio',
    pods: selectorOf('istio=ingressgateway'),
    serves: [...INGRESS, ...GATEWAY_KINDS],
    classes: ['istio'],
  },
  {
    name: 'Kong',
    pods: selectorOf('app.kubernetes.io/name=kong'),
    serves: [...INGRESS, ...GATEWAY_KINDS],
    classes: ['kong'],
  },
  {
    name: 'the router of OpenShift',
    pods: selectorOf('ingresscontroller.operator.openshift.io/deployment-ingresscontroller'),
    serves: [...INGRESS, 'OPENSHIFT_ROUTE'],
    classes: ['openshift-default'],
  },
  {
    name: 'Envoy Gateway',
    pods: selectorOf(
      'app.kubernetes.io/managed-by=envoy-gateway,app.kubernetes.io/component=proxy',
    ),
    serves: GATEWAY_KINDS,
    classes: [],
  },
]);

function selectorOf(text: string): LabelSelector {
  const parsed = parseSelector(text);
  invariant(parsed.ok, `selector ${text}`);
  return parsed.selector;
}
