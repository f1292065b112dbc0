import type { LabelSelector } from './selector.js';
import type { Protocol } from './traffic.js';

/** Types of Service, as written. */
export const SERVICE_TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] as const;
/** A type of SERVICE_TYPES. */
export type ServiceType = (typeof SERVICE_TYPES)[number];

/** A port of a Service. */
export interface ServicePort {
  readonly name: string | null;
  readonly protocol: Protocol;
  readonly port: number;
  /** A text is the name of a container port. */
  readonly targetPort: number | string;
  /** Null = none is known. */
  readonly nodePort: number | null;
}

/** An address behind a Service without selector. */
export interface ServiceAddress {
  readonly ip: string;
  /** Pod of the Service's namespace that the entry names; null = none. */
  readonly pod: string | null;
}

/** Addresses that have the same ports: an EndpointSlice, or a subset of v1 Endpoints. */
export interface ServiceEndpoints {
  readonly addresses: readonly ServiceAddress[];
  /** Names are those of the ports of the Service; `port` null = every port. */
  readonly ports: readonly {
    readonly name: string | null;
    readonly protocol: Protocol;
    readonly port: number | null;
  }[];
}

/** A Service with its defaults applied. Addresses and networks are canonical. */
export interface ServiceSpec {
  readonly type: ServiceType;
  /** `clusterIP: None`: clients get the addresses of the pods. */
  readonly headless: boolean;
  readonly clusterIPs: readonly string[];
  /** Labels of its pods, in its own namespace; null = it has no selector. */
  readonly selector: LabelSelector | null;
  readonly ports: readonly ServicePort[];
  readonly externalName: string | null;
  readonly externalIPs: readonly string[];
  /** Addresses that the status of a load balancer tells. */
  readonly loadBalancerIPs: readonly string[];
  /** Networks that the load balancer admits; empty = every address. */
  readonly sourceRanges: readonly string[];
  /** Of a Service without selector: what stands behind it. */
  readonly endpoints: readonly ServiceEndpoints[];
  /** `Local`: pods see the addresses of clients outside the cluster. Not there: `Cluster`, so they may see those of nodes. */
  readonly externalTrafficPolicy?: 'Local';
}

/** The canonical text of a spec: equal Services have equal text. */
export function serviceSpecJson(spec: ServiceSpec): string {
  const { type, headless, clusterIPs, selector, ports, externalName } = spec;
  const { externalIPs, loadBalancerIPs, sourceRanges, endpoints } = spec;
  return JSON.stringify({
    type,
    headless,
    clusterIPs,
    selector,
    ports: ports.map(({ name, protocol, port, targetPort, nodePort }) => ({
      name,
      protocol,
      port,
      targetPort,
      nodePort,
    })),
    externalName,
    externalIPs,
    loadBalancerIPs,
    sourceRanges,
    endpoints,
    // Only where it is not as usual: the text of all others stays what it was before there was the field.
    ...(spec.externalTrafficPolicy === undefined
      ? {}
      : { externalTrafficPolicy: spec.externalTrafficPolicy }),
  });
}

/** For people: `http TCP 80`, `TCP 80`. */
export function servicePortName({ name, protocol, port }: ServicePort): string {
  return `${name === null ? '' : `${name} `}${protocol} ${String(port)}`;
}
