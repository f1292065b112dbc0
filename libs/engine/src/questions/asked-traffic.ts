import {
  type ContainerPort,
  MAX_PORT,
  MIN_PORT,
  type Protocol,
  PROTOCOLS,
  type TrafficQuery,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import type { ServicePorts } from '../services/service-ports.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';

const NOT_MET = 1;
const MET = 2;

/**
 * The traffic that a question asks about, as sets. A port name means different numbers on different destinations, and so
 * does a port of a Service.
 */
export class AskedTraffic {
  readonly #byClass = new Map<number, number>();
  readonly #fixed: number | null;
  /** By traffic set: whether it has something of what is asked, where that is the same for all destinations; 0 = not known. */
  #isMet = new Uint8Array(0);

  constructor(
    private readonly analysis: Analysis,
    private readonly query: TrafficQuery,
    private readonly servicePorts: ServicePorts | null = null,
  ) {
    this.#fixed = query.portName === null && servicePorts === null ? this.#numeric() : null;
  }

  /** Whether the numbers depend on the destination. */
  get isByDestination(): boolean {
    return this.#fixed === null;
  }

  /** Whether everything is asked about. */
  get isAny(): boolean {
    return this.#fixed === FULL_TRAFFIC;
  }

  /** Asked of a destination class. */
  ofClass(destination: number): number {
    if (this.#fixed !== null) return this.#fixed;
    let asked = this.#byClass.get(destination);
    if (asked === undefined) {
      asked =
        this.servicePorts === null
          ? this.#named(this.analysis.samplePod(destination).ports)
          : this.servicePorts.ofClass(destination, this.servicePorts.matching(this.query));
      this.#byClass.set(destination, asked);
    }
    return asked;
  }

  /** Whether a traffic set has something of what is asked of a destination class. */
  isMetBy(set: number, destination: number): boolean {
    const { traffic } = this.analysis;
    const wanted = this.ofClass(destination);
    if (this.#fixed === null || wanted === FULL_TRAFFIC) return traffic.meet(set, wanted);
    if (set >= this.#isMet.length) {
      const larger = new Uint8Array(2 * traffic.size);
      larger.set(this.#isMet);
      this.#isMet = larger;
    }
    if (this.#isMet[set] === 0) this.#isMet[set] = traffic.meet(set, wanted) ? MET : NOT_MET;
    return this.#isMet[set] === MET;
  }

  /** Whether a name that is asked about, or that a port of the Service leads to, is none on a destination class. */
  isUnresolvedOn(destination: number): boolean {
    if (this.#fixed !== null) return false;
    return this.servicePorts === null
      ? this.ofClass(destination) === NO_TRAFFIC
      : this.servicePorts.isUnresolvedOn(destination, this.servicePorts.matching(this.query));
  }

  /** Asked of addresses outside the cluster: they have no port names. */
  ofAddresses(): number {
    if (this.servicePorts !== null)
      return this.servicePorts.ofAddresses(this.servicePorts.matching(this.query));
    return this.#fixed ?? NO_TRAFFIC;
  }

  #numeric(): number {
    const { protocol, port, endPort } = this.query;
    if (protocol === 'OTHER') return NO_TRAFFIC;
    if (protocol === null && port === null) return FULL_TRAFFIC;
    const { traffic } = this.analysis;
    const protocols: readonly Protocol[] = protocol === null ? PROTOCOLS : [protocol];
    return protocols.reduce<number>(
      (asked, one) =>
        traffic.union(
          asked,
          traffic.range(PROTOCOLS.indexOf(one), port ?? MIN_PORT, endPort ?? port ?? MAX_PORT),
        ),
      NO_TRAFFIC,
    );
  }

  #named(ports: readonly ContainerPort[]): number {
    const { portName } = this.query;
    const { traffic } = this.analysis;
    return ports
      .filter((port) => port.name === portName && port.protocol === (this.query.protocol ?? 'TCP'))
      .reduce<number>(
        (asked, { protocol, port }) =>
          traffic.union(asked, traffic.range(PROTOCOLS.indexOf(protocol), port, port)),
        NO_TRAFFIC,
      );
  }
}
