import type { AccessChange, ChangedEndpoint } from '@portolan/model';
import type { FieldsOf } from '../schema/new-model.js';
import type { AccessChangeFilterInput } from './diff.args.js';

/** The changes that a filter admits, in their order. */
export function filterChanges(
  changes: readonly AccessChange[],
  filter: FieldsOf<AccessChangeFilterInput> | null | undefined,
): readonly AccessChange[] {
  const kinds = filter?.kinds ?? null;
  const internet = filter?.internet ?? null;
  if (kinds === null && internet === null) return changes;
  return changes.filter(
    (change) =>
      (kinds === null || kinds.includes(change.kind)) &&
      (internet === null || internet === touchesInternet(change)),
  );
}

function touchesInternet({ source, destination }: AccessChange): boolean {
  return isInternet(source) || isInternet(destination);
}

function isInternet({ ref }: ChangedEndpoint): boolean {
  return ref.kind === 'external' && ref.includesInternet;
}
