import {
  type ContainerPort,
  MAX_PORT,
  MIN_PORT,
  type Protocol,
  PROTOCOLS,
  type TrafficQuery,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';

/** The traffic that a question asks about, as sets. A port name means different numbers on different destinations. */
export class AskedTraffic {
  readonly #byClass = new Map<number, number>();
  readonly #fixed: number | null;

  constructor(
    private readonly analysis: Analysis,
    private readonly query: TrafficQuery,
  ) {
    this.#fixed = query.portName === null ? this.#numeric() : null;
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
      asked = this.#named(this.analysis.samplePod(destination).ports);
      this.#byClass.set(destination, asked);
    }
    return asked;
  }

  /** Asked of addresses outside the cluster: they have no port names. */
  ofAddresses(): number {
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
