import type { ContainerPort, Protocol } from '@portolan/model';

const NO_PORTS: readonly ContainerPort[] = [];

/** A port by its name; `protocol` null = whatever it is declared with. */
export interface PortName {
  readonly name: string;
  readonly protocol: Protocol | null;
}

/** What the containers of some pods declare, each port once. */
export class DeclaredPorts {
  readonly ports: readonly ContainerPort[];
  /** Whether every pod declares some port: of one that declares none nobody knows where it listens. */
  readonly isKnown: boolean;
  readonly #byName = new Map<string, ContainerPort[]>();

  /** `lists`: what each of the pods declares. */
  constructor(lists: readonly (readonly ContainerPort[])[]) {
    const distinct = new Map(lists.flat().map((port) => [portText(port), port]));
    this.ports = [...distinct.values()];
    this.isKnown = lists.every((ports) => ports.length > 0);
    for (const port of this.ports) {
      if (port.name === null) continue;
      const known = this.#byName.get(port.name);
      if (known === undefined) this.#byName.set(port.name, [port]);
      else known.push(port);
    }
  }

  /** Whether some pod declares one of some ports. */
  has(protocol: Protocol, from: number, to = from): boolean {
    return this.ports.some(
      (port) => port.protocol === protocol && port.port >= from && port.port <= to,
    );
  }

  /** The ports that a name of a rule means. */
  named({ name, protocol }: PortName): readonly ContainerPort[] {
    const found = this.#byName.get(name) ?? NO_PORTS;
    return protocol === null ? found : found.filter((port) => port.protocol === protocol);
  }
}

/** Equal for equal ports. */
export function portText({ protocol, port, name }: ContainerPort): string {
  return `${protocol} ${String(port)} ${name ?? ''}`;
}
