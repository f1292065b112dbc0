import type { SharedTraffic } from '../diff/shared-traffic.js';

/**
 * What may hold between what `a` explicitly permits and what `b` allows. PERMITS: `b` allows all of it; FORBIDS: `b` allows nothing of it.
 */
export type PermissionKind = 'PERMITS' | 'FORBIDS';

/** Of what is explicitly permitted, what breaks the relation. */
export function breaking(
  traffic: SharedTraffic,
  kind: PermissionKind,
  explicit: number,
  passing: number,
): number {
  return kind === 'PERMITS'
    ? traffic.difference(explicit, passing)
    : traffic.intersection(explicit, passing);
}
