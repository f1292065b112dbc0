import {
  type IngressControllers,
  invariant,
  type LabelSelector,
  parseSelector,
  type RouteKind,
  type RouteSpec,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { NO_CLASS } from '../../snapshot-index.js';
import { selectPods, selectPodsByEach } from '../select-pods.js';

const GATEWAY_KINDS: readonly RouteKind[] = ['HTTP_ROUTE', 'GRPC_ROUTE', 'TLS_ROUTE', 'TCP_ROUTE'];
const INGRESS: readonly RouteKind[] = ['INGRESS'];

/** An ingress controller as its project labels its pods. */
interface KnownController {
  readonly selector: string;
  readonly serves: readonly RouteKind[];
  /** Names that its class of Ingress usually has. */
  readonly classes: readonly string[];
}

/** Cilium has none: its proxy is part of the agent on every node. */
const KNOWN: readonly KnownController[] = [
  {
    selector: 'app.kubernetes.io/name=ingress-nginx,app.kubernetes.io/component=controller',
    serves: INGRESS,
    classes: ['nginx'],
  },
  { selector: 'app.kubernetes.io/name=nginx-ingress', serves: INGRESS, classes: ['nginx'] },
  {
    selector: 'app.kubernetes.io/name=traefik',
    serves: [...INGRESS, ...GATEWAY_KINDS],
    classes: ['traefik'],
  },
  {
    selector: 'app.kubernetes.io/name in (haproxy-ingress, kubernetes-ingress)',
    serves: INGRESS,
    classes: ['haproxy'],
  },
  {
    selector: 'app.kubernetes.io/name=contour,app.kubernetes.io/component=envoy',
    serves: [...INGRESS, ...GATEWAY_KINDS],
    classes: ['contour'],
  },
  { selector: 'istio=ingressgateway', serves: [...INGRESS, ...GATEWAY_KINDS], classes: ['istio'] },
  {
    selector: 'app.kubernetes.io/name=kong',
    serves: [...INGRESS, ...GATEWAY_KINDS],
    classes: ['kong'],
  },
  {
    selector: 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller',
    serves: [...INGRESS, 'OPENSHIFT_ROUTE'],
    classes: ['openshift-default'],
  },
  {
    selector: 'app.kubernetes.io/managed-by=envoy-gateway,app.kubernetes.io/component=proxy',
    serves: GATEWAY_KINDS,
    classes: [],
  },
];

/** Labels of pods that serve one Gateway: of the Gateway API (GEP-1762), in the Gateway's namespace. */
const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';
/** The same of Envoy Gateway, whose pods are in a namespace of its own. */
const OWNING_GATEWAY_LABEL = 'gateway.envoyproxy.io/owning-gateway-name';
const OWNING_NAMESPACE_LABEL = 'gateway.envoyproxy.io/owning-gateway-namespace';

const NAMED = selectorOf(GATEWAY_NAME_LABEL);
const OWNED = selectorOf(OWNING_GATEWAY_LABEL);

/** Finds the pods that serve a route. */
export interface ControllerFinder {
  /** Pods (indices) that take part; none when they are not known. */
  controllersOf(route: RouteSpec): readonly number[];
}

/** Given pods, which serve every route. */
export function givenControllers(
  analysis: Analysis,
  given: readonly IngressControllers[],
): ControllerFinder {
  const all = new Set(
    given.flatMap(({ namespaces, pods }) => selectPods(analysis, namespaces, pods)),
  );
  const present = [...all].filter((pod) => isPresent(analysis, pod)).sort((a, b) => a - b);
  return { controllersOf: () => present };
}

/** Pods that are known by their labels. A Gateway is served by its own pods where there are some. */
export function detectIngressControllers(analysis: Analysis): ControllerFinder {
  const selectors = [...KNOWN.map(({ selector }) => selectorOf(selector)), NAMED, OWNED];
  const pods = selectPodsByEach(analysis, selectors).map((list) =>
    list.filter((pod) => isPresent(analysis, pod)),
  );
  const found = KNOWN.map((known, i) => ({ ...known, pods: pods[i] ?? [] }));
  const ofGateway = podsOfGateways(
    analysis,
    pods[KNOWN.length] ?? [],
    pods[KNOWN.length + 1] ?? [],
  );
  return {
    controllersOf: (route) => {
      const own = route.parents.flatMap(
        ({ namespace, name }) => ofGateway.get(`${namespace}/${name}`) ?? [],
      );
      if (own.length > 0) return own;
      const serving = found.filter(
        ({ serves, pods: list }) => list.length > 0 && serves.includes(route.kind),
      );
      const { ingressClass } = route;
      const named = serving.filter(
        ({ classes }) => ingressClass !== null && classes.includes(ingressClass),
      );
      // Classes may have any name: one that nobody is known by may be of any controller.
      return (named.length > 0 ? named : serving).flatMap(({ pods: list }) => list);
    },
  };
}

/** Pods that say which Gateway they serve, by its namespace and name. */
function podsOfGateways(
  { view }: Analysis,
  named: readonly number[],
  owned: readonly number[],
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const add = (gateway: string, pod: number): void => {
    const known = found.get(gateway);
    if (known === undefined) found.set(gateway, [pod]);
    else known.push(pod);
  };
  for (const pod of named) {
    const { namespace, labels } = view.pod(pod);
    add(`${view.namespaceName(namespace)}/${labels[GATEWAY_NAME_LABEL] ?? ''}`, pod);
  }
  for (const pod of owned) {
    const { labels } = view.pod(pod);
    add(`${labels[OWNING_NAMESPACE_LABEL] ?? ''}/${labels[OWNING_GATEWAY_LABEL] ?? ''}`, pod);
  }
  return found;
}

function isPresent({ index }: Analysis, pod: number): boolean {
  return index.pods.podClass[pod] !== NO_CLASS;
}

function selectorOf(text: string): LabelSelector {
  const parsed = parseSelector(text);
  invariant(parsed.ok, `selector ${text}`);
  return parsed.selector;
}
