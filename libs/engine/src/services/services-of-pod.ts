import {
  type Labels,
  matchesSelector,
  type ServiceSpec,
  type SnapshotView,
  type SpecRecord,
} from '@portolan/model';

/** Services of a namespace whose selectors fit some labels, by name. */
export function servicesSelecting(
  view: SnapshotView,
  namespace: number,
  labels: Labels,
): SpecRecord<ServiceSpec>[] {
  return new ServiceSelectors(view.services.inNamespace(namespace)).selecting(labels);
}

/** Finds Services by the labels of pods: only those are looked at that ask for one of the labels. */
export class ServiceSelectors {
  readonly #byLabel = new Map<string, SpecRecord<ServiceSpec>[]>();

  constructor(services: readonly SpecRecord<ServiceSpec>[]) {
    for (const service of services) {
      const [first] = service.spec.selector ?? [];
      if (first === undefined) continue;
      const label = labelText(first.key, first.values[0] ?? '');
      const known = this.#byLabel.get(label);
      if (known === undefined) this.#byLabel.set(label, [service]);
      else known.push(service);
    }
  }

  selecting(labels: Labels): SpecRecord<ServiceSpec>[] {
    const entries = Object.entries(labels);
    const known = new Map(entries);
    return entries
      .flatMap(([key, value]) => this.#byLabel.get(labelText(key, value)) ?? [])
      .filter(({ spec }) => matchesSelector(known, spec.selector ?? []))
      .sort((a, b) => a.index - b.index);
  }
}

function labelText(key: string, value: string): string {
  return `${key}=${value}`;
}
