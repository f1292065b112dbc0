import type { Finding, FindingObject, SourceLocation, SourceView } from '@portolan/model';

/** Paths of what a policy selects. */
const SUBJECTS: readonly (string | null)[] = ['spec.podSelector', 'spec.subject'];

/** Where the first object of a finding was declared: the line of the rule or selector that it is about, where there is one. */
export function locateFinding(
  sources: SourceView,
  { object, place, path }: Finding,
): SourceLocation | null {
  if (object.kind !== 'POLICY') return locateObject(sources, object);
  if (SUBJECTS.includes(path)) return sources.locateSubject(object.index);
  if (place === null) return locateObject(sources, object);
  const { direction, rule, peer } = place;
  return sources.locateRule({ policy: object.index, direction, rule, peer });
}

/** Where what a finding is about was declared; null when only other objects tell of it. */
export function locateObject(sources: SourceView, object: FindingObject): SourceLocation | null {
  return object.kind === 'INPUT' ? object.location : sources.locate(object.kind, object.index);
}
