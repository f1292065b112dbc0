import type { SnapshotView } from '@portolan/model';
import { type Candidate, labelMap } from './near-labels.js';

/** Labels of the pods of workloads, each namespace read when first asked for. */
export class WorkloadLabels {
  readonly #byNamespace: (readonly Candidate[] | undefined)[] = [];

  constructor(private readonly view: SnapshotView) {}

  /** Of the workloads of namespaces; of those with equal labels in one namespace, the first. */
  *of(namespaces: Iterable<number>): Generator<Candidate> {
    for (const namespace of namespaces)
      yield* (this.#byNamespace[namespace] ??= this.#read(namespace));
  }

  #read(namespace: number): readonly Candidate[] {
    const first = this.view.firstWorkload(namespace);
    const seen = new Set<number>();
    const found: Candidate[] = [];
    for (const [i, set] of this.view.segment(namespace).columns.workloadLabelSets.entries()) {
      if (set < 0 || seen.has(set)) continue;
      seen.add(set);
      const { kindName, name, labels } = this.view.workload(first + i);
      found.push({ name: `${kindName} ${name}`, labels: labelMap(labels) });
    }
    return found;
  }
}
