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
  const known = new Map(Object.entries(labels));
  return view.services
    .inNamespace(namespace)
    .filter(({ spec }) => spec.selector !== null && matchesSelector(known, spec.selector));
}
