import type { IngressControllers, LabelSelector, RouteSpec } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { KNOWN_CONTROLLERS } from '../../profile/known-controllers.js';
import { NO_CLASS } from '../../snapshot-index.js';
import { selectPods, selectPodsByEach } from '../select-pods.js';

/** Labels of pods that serve one Gateway: of the Gateway API (GEP-1762), in the Gateway's namespace. */
const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';
/** The same of Envoy Gateway, whose pods are in a namespace of its own. */
const OWNING_GATEWAY_LABEL = 'gateway.envoyproxy.io/owning-gateway-name';
const OWNING_NAMESPACE_LABEL = 'gateway.envoyproxy.io/owning-gateway-namespace';

const NAMED = withLabel(GATEWAY_NAME_LABEL);
const OWNED = withLabel(OWNING_GATEWAY_LABEL);

/** Finds the pods that serve a route. */
export interface ControllerFinder {
  /** Pods (indices) that take part; none when they are not known. */
  controllersOf(route: RouteSpec): readonly number[];
}

/** The pods that are given, which serve every route; null = those that are known by their labels. */
export function findControllers(
  analysis: Analysis,
  given: readonly IngressControllers[] | null,
): ControllerFinder {
  return given === null ? knownControllers(analysis) : givenControllers(analysis, given);
}

function givenControllers(
  analysis: Analysis,
  given: readonly IngressControllers[],
): ControllerFinder {
  const all = new Set(
    given.flatMap(({ namespaces, pods }) => selectPods(analysis, namespaces, pods)),
  );
  const present = [...all].filter((pod) => isPresent(analysis, pod)).sort((a, b) => a - b);
  return { controllersOf: () => present };
}

/** A Gateway is served by its own pods where there are some. */
function knownControllers(analysis: Analysis): ControllerFinder {
  const selectors = [...KNOWN_CONTROLLERS.map((known) => known.pods), NAMED, OWNED];
  const selected = selectPodsByEach(analysis, selectors).map((list) =>
    list.filter((pod) => isPresent(analysis, pod)),
  );
  const found = KNOWN_CONTROLLERS.map((known, i) => ({ ...known, present: selected[i] ?? [] }));
  const ofGateway = podsOfGateways(
    analysis,
    selected[KNOWN_CONTROLLERS.length] ?? [],
    selected[KNOWN_CONTROLLERS.length + 1] ?? [],
  );
  return {
    controllersOf: (route) => {
      const own = route.parents.flatMap(
        ({ namespace, name }) => ofGateway.get(`${namespace}/${name}`) ?? [],
      );
      if (own.length > 0) return own;
      const serving = found.filter(
        ({ serves, present }) => present.length > 0 && serves.includes(route.kind),
      );
      const { ingressClass } = route;
      const named = serving.filter(
        ({ classes }) => ingressClass !== null && classes.includes(ingressClass),
      );
      // Classes may have any name: one that nobody is known by may be of any controller.
      return (named.length > 0 ? named : serving).flatMap(({ present }) => present);
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

function withLabel(key: string): LabelSelector {
  return [{ key, operator: 'Exists', values: [] }];
}
