import { type Analysis, groupOf } from '@portolan/engine';
import { type ContainerPort, type Labels, portsAt } from '@portolan/model';
import { DeclaredPorts, portText } from './declared-ports.js';
import { remembered } from './remembered.js';

/** Pods of a class with equal labels and ports. Policies do not tell them apart, Services may. */
export interface PodKind {
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
}

/** The declared ports of pods, class by class. */
export class PodPorts {
  readonly #declared: (DeclaredPorts | undefined)[] = [];
  readonly #kinds: (readonly PodKind[] | undefined)[] = [];
  /** By namespace and port table. */
  readonly #ofTable: (DeclaredPorts | undefined)[][] = [];
  /** Equal lists of ports are many namespaces' own. */
  readonly #byText = new Map<string, DeclaredPorts>();

  constructor(private readonly analysis: Analysis) {}

  /** What the pods of a class declare. */
  declared(podClass: number): DeclaredPorts {
    return (this.#declared[podClass] ??= this.#findDeclared(podClass));
  }

  /** The pods of a class by their labels and ports. */
  kinds(podClass: number): readonly PodKind[] {
    return (this.#kinds[podClass] ??= this.#findKinds(podClass));
  }

  #findDeclared(podClass: number): DeclaredPorts {
    const { view, index } = this.analysis;
    const namespace = index.classes.namespace[podClass]!;
    const { podPortTables } = view.segment(namespace).columns;
    const first = view.firstPod(namespace);
    const lists = new Set<DeclaredPorts>();
    for (const pod of groupOf(index.classes.pods, podClass))
      lists.add(
        pod < view.podCount
          ? this.#declaredIn(namespace, podPortTables[pod - first]!)
          : new DeclaredPorts([view.pod(pod).ports]),
      );
    const [only, ...others] = lists;
    if (only !== undefined && others.length === 0) return only;
    return new DeclaredPorts(Array.from(lists, ({ ports }) => ports));
  }

  /** `table` -1 = none are declared. */
  #declaredIn(namespace: number, table: number): DeclaredPorts {
    const known = (this.#ofTable[namespace] ??= []);
    return (known[table + 1] ??= this.#withText(
      portsAt(this.analysis.view.segment(namespace), table),
    ));
  }

  #withText(ports: readonly ContainerPort[]): DeclaredPorts {
    const text = ports.map(portText).join();
    return remembered(this.#byText, text, () => new DeclaredPorts([ports]));
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
}
