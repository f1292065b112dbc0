import {
  type EndpointSelection,
  type PathStatus,
  PROTOCOLS,
  type RouteBackend,
  type RouteSpec,
  type SpecRecord,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import type { ServicePorts } from '../../services/service-ports.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { judgeConnection } from '../can-reach.js';
import { refusalText } from '../explanation-text.js';
import { findBackend, type LeadingBackend } from './route-backends.js';
import type { ControllerFinder } from './ingress-controllers.js';
import type { LevelTraffic } from './level-traffic.js';

/** What comes through a route to pods behind one of its backends, from one workload that serves it. */
export interface Passage {
  /** Null = not known. */
  readonly controller: number | null;
  readonly traffic: number;
  readonly status: PathStatus;
  /** Why it is not open; in words, which takes longer than finding that it is so. */
  explain(): string | null;
}

/** Some of the pods behind a Service, and its ports. */
export interface PodsBehind {
  readonly pods: readonly number[];
  readonly ports: ServicePorts;
}

/** Judges what routes let through: what their controllers' pods may send to the backends. */
export class RouteJudge {
  constructor(
    private readonly analysis: Analysis,
    private readonly controllers: ControllerFinder,
    private readonly levels: LevelTraffic,
  ) {}

  /** Workloads that serve a route, each with its pods; sorted. */
  servers(route: RouteSpec): Map<number, number[]> {
    const { podWorkload } = this.analysis.index.pods;
    const byWorkload = new Map<number, number[]>();
    for (const pod of this.controllers.controllersOf(route)) {
      const workload = podWorkload[pod]!;
      const known = byWorkload.get(workload);
      if (known === undefined) byWorkload.set(workload, [pod]);
      else known.push(pod);
    }
    return new Map([...byWorkload].sort(([a], [b]) => a - b));
  }

  /** One passage for each workload that serves the route. */
  passages(
    route: SpecRecord<RouteSpec>,
    backend: RouteBackend,
    { pods, ports }: PodsBehind,
  ): Passage[] {
    const found = findBackend(this.analysis, route, backend);
    if ('reason' in found) return [blocked(null, found.reason)];
    const wanted = this.wanted(found, { pods, ports });
    if ([...wanted.values()].every((traffic) => traffic === NO_TRAFFIC)) {
      const port = String(backend.port ?? 'of its ports');
      return [blocked(null, `Port ${port} of the Service leads to no port of the pods.`)];
    }
    const servers = this.servers(route.spec);
    if (servers.size === 0) return [this.#unknown(wanted)];
    return Array.from(servers, ([controller, serving]) =>
      this.#passage(controller, serving, pods, wanted),
    );
  }

  /** By class of the pods: what is sent to them. */
  wanted(
    { ports: open, podPort }: Pick<LeadingBackend, 'ports' | 'podPort'>,
    { pods, ports }: PodsBehind,
  ): Map<number, number> {
    const { podClass } = this.analysis.index.pods;
    const classes = new Set(pods.map((pod) => podClass[pod]!));
    return new Map(
      Array.from(classes, (one) => [
        one,
        open === null ? this.#tcp(podPort) : ports.ofClass(one, open),
      ]),
    );
  }

  #tcp(port: number | null): number {
    if (port === null) return NO_TRAFFIC;
    return this.analysis.traffic.range(PROTOCOLS.indexOf('TCP'), port, port);
  }

  /** Whoever serves the route: what every pod may send. */
  #unknown(wanted: ReadonlyMap<number, number>): Passage {
    const { traffic } = this.analysis;
    let passes = NO_TRAFFIC;
    for (const [podClass, asked] of wanted)
      passes = traffic.union(
        passes,
        traffic.intersection(this.levels.of('INGRESS', 'ENTIRE_CLUSTER', podClass), asked),
      );
    const isOpen = passes !== NO_TRAFFIC;
    return {
      controller: null,
      traffic: passes,
      status: isOpen ? 'OPEN' : 'UNKNOWN',
      explain: () =>
        isOpen
          ? null
          : 'Which pods serve the route is not known, and the policies of the backend do not admit every pod.',
    };
  }

  #passage(
    controller: number,
    serving: readonly number[],
    pods: readonly number[],
    wanted: ReadonlyMap<number, number>,
  ): Passage {
    const { traffic } = this.analysis;
    const { podClass } = this.analysis.index.pods;
    const sources = new Set(serving.map((pod) => podClass[pod]!));
    let passes = this.#nodeLocal(serving, pods, wanted);
    for (const [destination, asked] of wanted)
      for (const source of sources)
        passes = traffic.union(
          passes,
          traffic.intersection(asked, this.#pairTraffic(source, destination)),
        );
    if (passes !== NO_TRAFFIC)
      return { controller, traffic: passes, status: 'OPEN', explain: () => null };
    const [refused = NO_TRAFFIC] = [...wanted.values()].filter((asked) => asked !== NO_TRAFFIC);
    return {
      ...blocked(controller, ''),
      explain: () => this.#refusal(controller, pods[0]!, refused),
    };
  }

  #pairTraffic(source: number, destination: number): number {
    const { analysis } = this;
    return analysis.traffic.intersection(
      analysis.sideTraffic('EGRESS', source, destination),
      analysis.sideTraffic('INGRESS', destination, source),
    );
  }

  /** A controller in the network of its node reaches the pods on that node, whatever policies say. */
  #nodeLocal(
    serving: readonly number[],
    pods: readonly number[],
    wanted: ReadonlyMap<number, number>,
  ): number {
    const { analysis } = this;
    const { podClass, localNode } = analysis.index.pods;
    const nodes = new Set(
      serving.filter((pod) => analysis.isNode(podClass[pod]!)).map((pod) => localNode[pod]!),
    );
    nodes.delete(-1);
    return pods
      .filter((pod) => nodes.has(localNode[pod]!))
      .reduce(
        (union, pod) => analysis.traffic.union(union, wanted.get(podClass[pod]!) ?? NO_TRAFFIC),
        NO_TRAFFIC,
      );
  }

  #refusal(controller: number, pod: number, asked: number): string {
    const { analysis } = this;
    const workload = analysis.index.pods.podWorkload[pod]!;
    return refusedConnection(
      analysis,
      selectionOfWorkload(analysis, controller),
      selectionOfWorkload(analysis, workload),
      asked,
    );
  }
}

/** Why a connection is refused, in words. */
export function refusedConnection(
  analysis: Analysis,
  from: EndpointSelection,
  to: EndpointSelection,
  asked: number,
): string {
  const [range] = analysis.traffic.get(asked);
  if (range === undefined) return 'There is no port to connect to.';
  const traffic = {
    protocol: range.protocol,
    port: range.from,
    endPort: range.to === range.from ? null : range.to,
    portName: null,
  };
  const judged = judgeConnection(analysis, { from, to, traffic, isEnforced: true });
  return judged.ok ? refusalText(analysis, judged.answer) : judged.problem.message;
}

/** A workload as an endpoint of a question. */
export function selectionOfWorkload({ view }: Analysis, workload: number): EndpointSelection {
  const { namespace, name, kind } = view.workloadIdentity(workload);
  return { kind: 'workload', namespace, name, workloadKind: kind };
}

function blocked(controller: number | null, reason: string): Passage {
  return { controller, traffic: NO_TRAFFIC, status: 'BLOCKED', explain: () => reason };
}
