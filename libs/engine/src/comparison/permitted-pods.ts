import type { Analysis } from '../analysis.js';
import type { SharedTraffic } from '../diff/shared-traffic.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { breaking, type PermissionKind } from './breaking-traffic.js';
import { ExplicitTraffic } from './explicit-traffic.js';
import type { PodUnit, PodUnits } from './pod-units.js';

/** What is explicitly permitted between kinds of pods, and what of it breaks the relation. */
interface PermittedKinds {
  readonly source: number;
  readonly explicit: number;
  readonly broken: number;
}

/** Where the relation does not hold between pods. */
export class PermittedPods {
  /** Whether what passes because of nodes made a difference. */
  restsOnNodes = false;
  readonly #explicit: ExplicitTraffic;
  readonly #permitted: Int32Array;
  readonly #passing: Int32Array;
  /** Workloads of one kind of pods often follow one another. */
  #last: { readonly kind: number; readonly sources: readonly PermittedKinds[] } | null = null;

  constructor(
    private readonly a: Analysis,
    private readonly b: Analysis,
    private readonly kind: PermissionKind,
    private readonly traffic: SharedTraffic,
    private readonly units: PodUnits,
  ) {
    this.#explicit = new ExplicitTraffic(a);
    this.#permitted = new Int32Array(a.index.classes.count);
    this.#passing = new Int32Array(b.index.classes.count);
  }

  /** By source workload, in their order: the traffic with a workload that breaks the relation. */
  towards(workload: number): [source: number, traffic: number][] {
    const found = new Map<number, number>();
    for (const destination of this.units.of(workload))
      for (const sources of this.#sourcesOf(destination.kind))
        for (const source of this.units.byKind[sources.source]!) {
          const broken = this.#between(source, destination, sources);
          if (broken === NO_TRAFFIC) continue;
          const known = found.get(source.workload) ?? NO_TRAFFIC;
          found.set(source.workload, this.traffic.union(known, broken));
        }
    return [...found].sort(([x], [y]) => x - y);
  }

  #sourcesOf(kind: number): readonly PermittedKinds[] {
    if (this.#last?.kind !== kind) this.#last = { kind, sources: this.#findSources(kind) };
    return this.#last.sources;
  }

  #findSources(kind: number): PermittedKinds[] {
    const { a, b, traffic, units } = this;
    this.#explicit.towards(units.classInA(kind), this.#permitted);
    // Requirements are about few pods: towards most there is nothing to compare.
    if (this.#permitted.every((id) => id === NO_TRAFFIC)) return [];
    b.trafficWithPeers('INGRESS', units.classInB(kind), this.#passing);
    const found: PermittedKinds[] = [];
    for (const source of units.byKind.keys()) {
      const permitted = this.#permitted[units.classInA(source)]!;
      if (permitted === NO_TRAFFIC) continue;
      const explicit = traffic.of(a, permitted);
      const passing = traffic.of(b, this.#passing[units.classInB(source)]!);
      const broken = breaking(traffic, this.kind, explicit, passing);
      if (broken !== NO_TRAFFIC || units.mayBeLocal(source, kind))
        found.push({ source, explicit, broken });
    }
    return found;
  }

  /** Pairs that a node lets exchange everything, whatever policies say, are permitted by every set. */
  #between(source: PodUnit, destination: PodUnit, { explicit, broken }: PermittedKinds): number {
    const { units } = this;
    const count = units.countPairs(source, destination);
    if (count === 0) return NO_TRAFFIC;
    const local = units.countLocalPairs(source, destination);
    if (local === 0) return broken;
    this.restsOnNodes = true;
    if (this.kind === 'FORBIDS') return explicit;
    return local === count ? NO_TRAFFIC : broken;
  }
}
