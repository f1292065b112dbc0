import {
  NO_TRAFFIC,
  ServiceSelectors,
  targetTraffic,
  trafficWithWholeCluster,
} from '@portolan/engine';
import {
  PROTOCOLS,
  type Protocol,
  type ServicePort,
  type ServiceSpec,
  type SpecRecord,
} from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { PodKind } from '../../pod-ports.js';
import type { RuleAt } from '../../policy-rules.js';
import { destinationsOf } from './rule-destinations.js';

/** How many pairs of classes are looked at before a rule is taken to admit what it should. */
const PAIR_LIMIT = 400;

/** A port of a rule that is one of a Service, where the pods behind it listen on another. */
export interface ServicePortMistake {
  readonly service: SpecRecord<ServiceSpec>;
  readonly port: ServicePort;
  /** Ports of the pods behind the Service, sorted. */
  readonly targets: readonly number[];
  /** Whether the pods declare the target, so that it is not the Service that is wrong. */
  readonly isDeclared: boolean;
}

/** Finds rules that were written with the port of a Service in mind. */
export class ServicePortMistakes {
  readonly #services = new Map<number, ServicesOfNamespace>();

  constructor(private readonly context: FindingContext) {}

  /** What a port of a rule means by mistake; null = none. */
  find(at: RuleAt, protocol: Protocol, number: number): ServicePortMistake | null {
    const { classes, hasAddresses } = destinationsOf(this.context, at);
    if (hasAddresses) return null;
    const { namespace } = this.context.analysis.index.classes;
    let found: ServicePortMistake | null = null;
    let wanted = NO_TRAFFIC;
    const { traffic } = this.context.analysis;
    const text = `${protocol} ${String(number)}`;
    for (const podClass of classes) {
      const services = this.#ofNamespace(namespace[podClass]!);
      if (!services.remapped.has(text)) continue;
      for (const kind of this.context.podPorts.kinds(podClass)) {
        const meant = this.#meant(services, kind, protocol, number);
        if (meant === null) continue;
        if (meant === 'POD_PORT') return null;
        const target = targetTraffic(this.context.analysis, meant.port, kind.ports);
        if (target === NO_TRAFFIC || this.#isAdmitted(at, podClass, target)) continue;
        wanted = traffic.union(wanted, target);
        found ??= { ...meant, targets: [], isDeclared: declares(kind, protocol, meant.port) };
      }
    }
    if (found === null) return null;
    return { ...found, targets: traffic.get(wanted).map(({ from }) => from) };
  }

  /** The port of a Service that a number is on some pods; POD_PORT = they listen there themselves. */
  #meant(
    { selectors }: ServicesOfNamespace,
    kind: PodKind,
    protocol: Protocol,
    number: number,
  ): Pick<ServicePortMistake, 'service' | 'port'> | 'POD_PORT' | null {
    const isIt = (one: number): boolean => one === number;
    if (kind.ports.some((port) => port.protocol === protocol && isIt(port.port))) return 'POD_PORT';
    const { analysis } = this.context;
    const own = analysis.traffic.range(PROTOCOLS.indexOf(protocol), number, number);
    let found: Pick<ServicePortMistake, 'service' | 'port'> | null = null;
    for (const service of selectors.selecting(kind.labels))
      for (const port of service.spec.ports) {
        const target = targetTraffic(analysis, port, kind.ports);
        if (analysis.traffic.intersection(target, own) !== NO_TRAFFIC) return 'POD_PORT';
        if (!service.spec.headless && port.protocol === protocol && isIt(port.port))
          found ??= { service, port };
      }
    return found;
  }

  /** Whether all whom the rule lets through to a class may use the port where its pods listen, by whatever rules. */
  #isAdmitted(at: RuleAt, podClass: number, target: number): boolean {
    const { analysis, selections, rows, addresses } = this.context;
    const { traffic } = analysis;
    const has = (admitted: number): boolean => traffic.intersection(admitted, target) === target;
    if (at.direction === 'EGRESS')
      return rows
        .onePerRow('EGRESS', rows.subjects('EGRESS', at.policy.index))
        .slice(0, PAIR_LIMIT)
        .every((source) => has(analysis.sideTraffic('EGRESS', source, podClass)));
    if (at.rule.peers === null) {
      const scratch = new Int32Array(analysis.index.classes.count);
      return has(trafficWithWholeCluster(analysis, 'INGRESS', podClass, scratch));
    }
    return at.rule.peers.every((peer) => {
      if (peer.kind === 'networks')
        return has(addresses.withEach('INGRESS', podClass, addresses.atomsOfPeer(peer)));
      if (peer.kind !== 'pods') return true;
      const sources = selections.selected(peer, at.policy.namespace);
      if (sources.length > 0)
        return sources
          .slice(0, PAIR_LIMIT)
          .every((source) => has(analysis.sideTraffic('INGRESS', podClass, source)));
      // Of clients to come nobody knows: it is enough that somebody may use the port.
      return has(this.#admittedToAnybody(podClass));
    });
  }

  #admittedToAnybody(podClass: number): number {
    const { analysis } = this.context;
    return analysis.rowTraffic('INGRESS', analysis.rowOf('INGRESS', podClass), () => true);
  }

  #ofNamespace(namespace: number): ServicesOfNamespace {
    let found = this.#services.get(namespace);
    if (found === undefined) {
      const services = this.context.view.services
        .inNamespace(namespace)
        .filter(({ spec }) => spec.selector !== null);
      const remapped = services
        .filter(({ spec }) => !spec.headless)
        .flatMap(({ spec }) => spec.ports)
        .filter(({ port, targetPort }) => port !== targetPort)
        .map(({ protocol, port }) => `${protocol} ${String(port)}`);
      found = { selectors: new ServiceSelectors(services), remapped: new Set(remapped) };
      this.#services.set(namespace, found);
    }
    return found;
  }
}

interface ServicesOfNamespace {
  readonly selectors: ServiceSelectors;
  /** Ports of Services (`TCP 80`) that are other ones on the pods. */
  readonly remapped: ReadonlySet<string>;
}

function declares(kind: PodKind, protocol: Protocol, { targetPort }: ServicePort): boolean {
  return kind.ports.some(
    (port) => port.protocol === protocol && (port.port === targetPort || port.name === targetPort),
  );
}
