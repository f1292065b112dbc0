import {
  type ContainerPort,
  MAX_PORT,
  MIN_PORT,
  PROTOCOLS,
  type Protocol,
  type ServiceEndpoints,
  type ServicePort,
  servicePortName,
  type ServiceSpec,
  type TrafficQuery,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';

/** What stands behind a Service, as far as its ports depend on it. */
export interface PortTargets {
  /** Of a Service without selector: entries by the class of the pods whose addresses they have. */
  readonly byClass: ReadonlyMap<number, readonly ServiceEndpoints[]>;
  /** Entries that have addresses outside the cluster. */
  readonly outside: readonly ServiceEndpoints[];
}

/** Behind a Service with selector: its ports lead to those of the pods. */
export const NO_ENTRIES: PortTargets = { byClass: new Map(), outside: [] };

/** Where the ports of a Service lead: policies see the pods' ports, not those of the Service. */
export class ServicePorts {
  constructor(
    private readonly analysis: Analysis,
    private readonly spec: ServiceSpec,
    private readonly targets: PortTargets,
  ) {}

  /** The ports of the Service that a question means. A port name is that of a port of the Service. */
  matching({ protocol, port, endPort, portName }: TrafficQuery): readonly ServicePort[] {
    return this.spec.ports.filter(
      (own) =>
        (protocol === null || own.protocol === protocol) &&
        (portName === null || own.name === portName) &&
        (port === null || (own.port >= port && own.port <= (endPort ?? port))),
    );
  }

  /** For people: all its ports. */
  get names(): string {
    return this.spec.ports
      .map((port) => `${servicePortName(port)} (to ${String(port.targetPort)})`)
      .join(', ');
  }

  /** The traffic that clients of some of its ports send to pods of a class. */
  ofClass(podClass: number, ports: readonly ServicePort[]): number {
    if (this.spec.selector === null)
      return this.#ofEntries(this.targets.byClass.get(podClass) ?? [], ports);
    const declared = this.analysis.samplePod(podClass).ports;
    return this.#union(ports, (port) => targetTraffic(this.analysis, port, declared));
  }

  /** The same to addresses outside the cluster. */
  ofAddresses(ports: readonly ServicePort[]): number {
    return this.#ofEntries(this.targets.outside, ports);
  }

  /** Whether some of the ports lead to a name that the pods of a class do not declare. */
  isUnresolvedOn(podClass: number, ports: readonly ServicePort[]): boolean {
    if (this.spec.selector === null) return false;
    const declared = this.analysis.samplePod(podClass).ports;
    return ports.some(
      (port) =>
        typeof port.targetPort === 'string' &&
        targetTraffic(this.analysis, port, declared) === NO_TRAFFIC,
    );
  }

  #ofEntries(entries: readonly ServiceEndpoints[], ports: readonly ServicePort[]): number {
    return this.#union(ports, ({ name, protocol }) =>
      entries
        .flatMap((entry) => entry.ports)
        .filter((port) => port.name === name && port.protocol === protocol)
        .reduce(
          (traffic, { port }) =>
            this.analysis.traffic.union(
              traffic,
              portRange(this.analysis, protocol, port ?? MIN_PORT, port ?? MAX_PORT),
            ),
          NO_TRAFFIC,
        ),
    );
  }

  #union(ports: readonly ServicePort[], traffic: (port: ServicePort) => number): number {
    return ports.reduce(
      (union, port) => this.analysis.traffic.union(union, traffic(port)),
      NO_TRAFFIC,
    );
  }
}

/** The pod port that a port of a Service leads to, on pods that declare `declared`. A name that none has opens nothing. */
export function targetTraffic(
  analysis: Analysis,
  { protocol, targetPort }: ServicePort,
  declared: readonly ContainerPort[],
): number {
  if (typeof targetPort === 'number') return portRange(analysis, protocol, targetPort, targetPort);
  return declared
    .filter((port) => port.name === targetPort && port.protocol === protocol)
    .reduce(
      (traffic, { port }) =>
        analysis.traffic.union(traffic, portRange(analysis, protocol, port, port)),
      NO_TRAFFIC,
    );
}

function portRange({ traffic }: Analysis, protocol: Protocol, from: number, to: number): number {
  return traffic.range(PROTOCOLS.indexOf(protocol), from, to);
}
