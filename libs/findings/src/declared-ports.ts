import type { Analysis } from '@portolan/engine';
import type { ContainerPort } from '@portolan/model';

/** The ports that containers declare. Pods of one table are looked at once. */
export class DeclaredPorts {
  readonly #byTable = new Map<string, readonly ContainerPort[]>();

  constructor(private readonly analysis: Analysis) {}

  /** Of the pods of a class, which all have the same. */
  of(podClass: number): readonly ContainerPort[] {
    const { index, view } = this.analysis;
    const { pods, namespace } = index.classes;
    const pod = pods.items[pods.offsets[podClass]!]!;
    const place = namespace[podClass]!;
    const table = view.segment(place).columns.podPortTables[pod - view.firstPod(place)];
    if (table === undefined) return view.pod(pod).ports;
    const key = `${String(place)} ${String(table)}`;
    let ports = this.#byTable.get(key);
    if (ports === undefined) {
      ({ ports } = view.pod(pod));
      this.#byTable.set(key, ports);
    }
    return ports;
  }
}
