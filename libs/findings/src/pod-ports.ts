import { type Analysis, groupOf } from '@portolan/engine';
import type { ContainerPort, Labels, Protocol } from '@portolan/model';

/** What the containers of the pods of a class declare. */
export interface DeclaredPorts {
  readonly ports: readonly ContainerPort[];
  /** Whether every pod declares some port: of one that declares none nobody knows where it listens. */
  readonly isKnown: boolean;
}

/** Pods of a class with equal labels and ports. Policies do not tell them apart, Services may. */
export interface PodKind {
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
}

/** The declared ports of pods, class by class. */
export class PodPorts {
  readonly #declared: (DeclaredPorts | undefined)[] = [];
  readonly #kinds: (readonly PodKind[] | undefined)[] = [];
  readonly #tables = new Map<string, readonly ContainerPort[]>();

  constructor(private readonly analysis: Analysis) {}

  declared(podClass: number): DeclaredPorts {
    return (this.#declared[podClass] ??= this.#findDeclared(podClass));
  }

  /** Whether some pod of a class declares one of some ports. */
  declares(podClass: number, protocol: Protocol, from: number, to = from): boolean {
    return this.declared(podClass).ports.some(
      (port) => port.protocol === protocol && port.port >= from && port.port <= to,
    );
  }

  /** The pods of a class by their labels and ports. */
  kinds(podClass: number): readonly PodKind[] {
    return (this.#kinds[podClass] ??= this.#findKinds(podClass));
  }

  #findDeclared(podClass: number): DeclaredPorts {
    const tables = new Set<readonly ContainerPort[]>();
    for (const pod of groupOf(this.analysis.index.classes.pods, podClass))
      tables.add(this.#portsOf(podClass, pod));
    const all = [...tables];
    const distinct = new Map(
      all.flat().map((port) => [`${port.protocol} ${String(port.port)} ${port.name ?? ''}`, port]),
    );
    return { ports: [...distinct.values()], isKnown: all.every((ports) => ports.length > 0) };
  }

  #findKinds(podClass: number): PodKind[] {
    const { view, index } = this.analysis;
    const namespace = index.classes.namespace[podClass]!;
    const { podLabelSets, podPortTables } = view.segment(namespace).columns;
    const first = view.firstPod(namespace);
    const found = new Map<string, PodKind>();
    for (const pod of groupOf(index.classes.pods, podClass)) {
      const key = `${String(podLabelSets[pod - first])} ${String(podPortTables[pod - first])}`;
      if (pod < view.podCount && found.has(key)) continue;
      const { labels, ports } = view.pod(pod);
      found.set(key, { labels, ports });
    }
    return [...found.values()];
  }

  /** Equal ports of a namespace are one object. */
  #portsOf(podClass: number, pod: number): readonly ContainerPort[] {
    const { view, index } = this.analysis;
    if (pod >= view.podCount) return view.pod(pod).ports;
    const namespace = index.classes.namespace[podClass]!;
    const table = view.segment(namespace).columns.podPortTables[pod - view.firstPod(namespace)]!;
    const key = `${String(namespace)} ${String(table)}`;
    let found = this.#tables.get(key);
    if (found === undefined) {
      found = view.pod(pod).ports;
      this.#tables.set(key, found);
    }
    return found;
  }
}
