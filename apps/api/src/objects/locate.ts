import type { RuleRef, SourcedKind } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { ObjectOrigin } from './object-origin.js';
import { toSourceLocationModel } from '../locations/source-location.mapper.js';
import type { SourceLocationModel } from '../locations/source-location.model.js';

/** Where an object is declared; null when only others tell of it. */
export async function locateObject(
  kind: SourcedKind,
  { snapshot, index }: ObjectOrigin,
): Promise<SourceLocationModel | null> {
  const location = (await snapshot.sources()).locate(kind, index);
  return location === null ? null : toSourceLocationModel(location);
}

/** Where a rule, or its peer when the reference names one, is declared. */
export async function locateRule(
  snapshot: IndexedSnapshot,
  ref: RuleRef,
): Promise<SourceLocationModel | null> {
  const location = (await snapshot.sources()).locateRule(ref);
  return location === null ? null : toSourceLocationModel(location);
}
