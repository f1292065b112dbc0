import type { Protocol } from '@portolan/model';
import { type Cluster, type Endpoint, findEndpoint, isPod } from './cluster.js';
import { isSet, type KubernetesObject, type Labels } from './kubernetes.js';
import { allowed, type Outcome } from './oracle.js';
import { selects } from './selectors.js';
import { groupOf, nameOf, namespaceOf, type Pod } from './workloads.js';

/** `spec` of a Service, as written. */
interface ServiceSpec {
  readonly type?: string | null;
  readonly clusterIP?: string | null;
  readonly selector?: Labels | null;
  readonly ports?: readonly ServicePort[] | null;
}

interface ServicePort {
  readonly name?: string | null;
  readonly protocol?: string | null;
  readonly port: number;
  readonly targetPort?: number | string | null;
}

/** An EndpointSlice, as written. */
interface EndpointSlice extends KubernetesObject {
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly targetRef?: { readonly kind?: string; readonly name?: string } | null;
  }[];
  readonly ports?: readonly {
    readonly name?: string | null;
    readonly protocol?: string | null;
    readonly port?: number | null;
  }[];
}

/** PARTIAL: some pairs may and some may not. INVALID: there is nothing to ask about. */
export type ServiceOutcome = Outcome | 'PARTIAL' | 'INVALID' | 'NOT_FOUND';

/** A backend and the ports of its own that a client of the Service comes to. */
interface Backend {
  readonly endpoint: Endpoint;
  readonly ports: readonly number[];
}

/** Whether a source may connect to a port of a Service: pair by pair over what stands behind it. */
export function allowedToService(
  objects: readonly KubernetesObject[],
  cluster: Cluster,
  source: Endpoint,
  service: { readonly namespace: string; readonly name: string },
  protocol: Protocol,
  port: number,
): ServiceOutcome {
  const object = objects.find(
    (one) =>
      one.kind === 'Service' &&
      groupOf(one) === '' &&
      namespaceOf(one) === service.namespace &&
      nameOf(one) === service.name,
  );
  if (object === undefined) return 'NOT_FOUND';
  const backends = backendsOf(objects, cluster, object, protocol, port);
  if (backends === null || backends.length === 0) return 'INVALID';
  // A pod and itself are a pair only where there is no other.
  const others = backends.filter(({ endpoint }) => endpoint !== source || isTemplate(source));
  const outcomes = new Set(
    (others.length === 0 ? backends : others).flatMap(({ endpoint, ports }) =>
      ports.map((number) => allowed(cluster, source, endpoint, protocol, number)),
    ),
  );
  if (outcomes.has('ALLOWED') && outcomes.has('DENIED')) return 'PARTIAL';
  if (outcomes.size === 0 || outcomes.has('UNKNOWN')) return 'UNKNOWN';
  return outcomes.has('DENIED') ? 'DENIED' : 'ALLOWED';
}

function isTemplate(endpoint: Endpoint): boolean {
  return isPod(endpoint) && endpoint.template;
}

/** Null: the Service has no such port, or is only a name. */
function backendsOf(
  objects: readonly KubernetesObject[],
  cluster: Cluster,
  object: KubernetesObject,
  protocol: Protocol,
  port: number,
): Backend[] | null {
  const spec = (object.spec ?? {}) as ServiceSpec;
  if (spec.type === 'ExternalName') return null;
  const isHeadless = spec.clusterIP === 'None';
  const asked = (spec.ports ?? []).find(
    (own) => own.port === port && (own.protocol ?? 'TCP') === protocol,
  );
  if (asked === undefined && !isHeadless) return null;
  if (isSet(spec.selector) && Object.keys(spec.selector).length > 0)
    return podsBehind(cluster, namespaceOf(object), spec.selector).map((pod) => ({
      endpoint: pod,
      ports: isHeadless || asked === undefined ? [port] : targetsOn(pod, asked, protocol),
    }));
  return objects
    .filter((one): one is EndpointSlice => isSliceOf(one, object))
    .flatMap((slice) => {
      const ports = (slice.ports ?? [])
        .filter((own) => (own.name ?? '') === (asked?.name ?? ''))
        .filter((own) => (own.protocol ?? 'TCP') === protocol)
        .map((own) => own.port ?? port);
      return (slice.endpoints ?? []).flatMap(({ addresses, targetRef }) =>
        addresses.map((ip): Backend => {
          const named = { namespace: namespaceOf(object), pod: targetRef?.name ?? '' };
          const pod = targetRef?.kind === 'Pod' ? findEndpoint(cluster, named) : null;
          return {
            endpoint: pod ?? findEndpoint(cluster, { ip })!,
            ports: isHeadless ? [port] : ports,
          };
        }),
      );
    });
}

function podsBehind(cluster: Cluster, namespace: string, selector: Labels): Pod[] {
  return cluster.pods.filter(
    (pod) => pod.namespace === namespace && selects({ matchLabels: selector }, pod.labels),
  );
}

function targetsOn(pod: Pod, { port, targetPort }: ServicePort, protocol: Protocol): number[] {
  if (!isSet(targetPort)) return [port];
  if (typeof targetPort === 'number') return [targetPort];
  return pod.ports
    .filter((own) => own.name === targetPort && own.protocol === protocol)
    .map((own) => own.number);
}

function isSliceOf(one: KubernetesObject, service: KubernetesObject): boolean {
  return (
    one.kind === 'EndpointSlice' &&
    namespaceOf(one) === namespaceOf(service) &&
    one.metadata?.labels?.['kubernetes.io/service-name'] === nameOf(service)
  );
}
