import {
  type ExposureLevel,
  type ExposurePathKind,
  parseAddress,
  type PathStatus,
  type RouteKind,
  type ServicePort,
  type ServiceSpec,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import type { EngineCaveat } from '../caveats.js';
import { trafficWithSomeAddress } from '../external-traffic.js';
import { hasPublicAddress } from '../public-addresses.js';
import type { OutsideAddresses } from './outside-addresses.js';
import type { PublishedService } from './published-services.js';
import { refusedConnection, type RouteJudge, selectionOfWorkload } from './route-judge.js';

/** A path before it is put in words. */
export interface FoundPath {
  readonly kind: ExposurePathKind;
  readonly service: number | null;
  readonly route: number | null;
  readonly controller: number | null;
  readonly hosts: readonly string[];
  readonly traffic: number;
  readonly status: PathStatus;
  readonly caveat: EngineCaveat | null;
  explain(): string | null;
}

type PublishedLevel = Extract<ExposureLevel, 'PRIVATE_NETWORKS' | 'INTERNET'>;

/** Paths on which a Service, and the routes in front of it, lead addresses outside the cluster to pods of a workload. */
export class OutsidePaths {
  constructor(
    private readonly analysis: Analysis,
    private readonly outside: OutsideAddresses,
    private readonly judge: RouteJudge,
  ) {}

  of(workload: number, level: PublishedLevel, published: PublishedService): FoundPath[] {
    const { spec } = published.service;
    return [
      ...this.#doors(level, spec).map(({ kind, networks, ports }) =>
        this.#servicePath(workload, level, published, kind, networks, ports),
      ),
      ...this.#routePaths(published),
    ].filter((path) => path !== null);
  }

  /** The ways in which a Service itself is reached from a level. */
  #doors(level: PublishedLevel, spec: ServiceSpec): Door[] {
    const doors: Door[] = [];
    const { type, ports, sourceRanges, loadBalancerIPs, externalIPs } = spec;
    if (type === 'LoadBalancer' && isReachedFrom(level, loadBalancerIPs))
      doors.push({ kind: 'LOAD_BALANCER', networks: sourceRanges, ports });
    const nodePorts = ports.filter(({ nodePort }) => nodePort !== null);
    const onNodes = type === 'NodePort' ? ports : type === 'LoadBalancer' ? nodePorts : [];
    const fromLevel = level === 'PRIVATE_NETWORKS' || this.outside.nodesArePublic !== false;
    if (onNodes.length > 0 && fromLevel)
      doors.push({ kind: 'NODE_PORT', networks: [], ports: onNodes });
    if (externalIPs.length > 0 && isReachedFrom(level, externalIPs))
      doors.push({ kind: 'EXTERNAL_IP', networks: [], ports });
    return doors;
  }

  #servicePath(
    workload: number,
    level: PublishedLevel,
    { service, pods, ports }: PublishedService,
    kind: ExposurePathKind,
    networks: readonly string[],
    open: readonly ServicePort[],
  ): FoundPath | null {
    const addresses = this.outside.within(level, networks);
    if (addresses === null) return null;
    const { analysis } = this;
    const { traffic } = analysis;
    let asked = NO_TRAFFIC;
    let passes = NO_TRAFFIC;
    for (const podClass of new Set(pods.map((pod) => analysis.index.pods.podClass[pod]!))) {
      const wanted = ports.ofClass(podClass, open);
      const admitted = trafficWithSomeAddress(analysis, 'INGRESS', podClass, addresses.atoms);
      asked = traffic.union(asked, wanted);
      passes = traffic.union(passes, traffic.intersection(wanted, admitted));
    }
    const isOpen = passes !== NO_TRAFFIC;
    return {
      kind,
      service: service.index,
      route: null,
      controller: null,
      hosts: [],
      traffic: passes,
      status: isOpen ? 'OPEN' : 'BLOCKED',
      caveat: 'SOURCE_ADDRESS_MAY_BE_TRANSLATED',
      explain: () => {
        if (isOpen) return null;
        if (asked === NO_TRAFFIC) return 'Its ports lead to no port of the pods.';
        const [cidr = ''] = addresses.cidrs;
        const to = selectionOfWorkload(analysis, workload);
        return refusedConnection(analysis, { kind: 'cidr', cidr }, to, asked);
      },
    };
  }

  #routePaths(published: PublishedService): FoundPath[] {
    return published.routes.flatMap(({ route, backend }) =>
      this.judge.passages(route, backend, published).map((passage): FoundPath => ({
        kind: kindOfRoute(route.spec.kind),
        service: published.service.index,
        route: route.index,
        hosts: route.spec.hosts,
        caveat:
          passage.controller === null && passage.status !== 'BLOCKED'
            ? 'INGRESS_CONTROLLER_UNKNOWN'
            : null,
        ...passage,
      })),
    );
  }
}

/** A way in: from which networks (empty = all), to which ports of the Service. */
interface Door {
  readonly kind: ExposurePathKind;
  readonly networks: readonly string[];
  readonly ports: readonly ServicePort[];
}

/** Private addresses are not reached from the internet. Unknown ones may be public. */
function isReachedFrom(level: PublishedLevel, ips: readonly string[]): boolean {
  if (level === 'PRIVATE_NETWORKS' || ips.length === 0) return true;
  return ips
    .map(parseAddress)
    .some((ip) => hasPublicAddress({ ...ip, prefix: ip.family === 4 ? 32 : 128 }));
}

function kindOfRoute(kind: RouteKind): ExposurePathKind {
  switch (kind) {
    case 'INGRESS':
    case 'OPENSHIFT_ROUTE':
      return kind;
    case 'HTTP_ROUTE':
    case 'GRPC_ROUTE':
    case 'TLS_ROUTE':
    case 'TCP_ROUTE':
      return 'GATEWAY';
  }
}
