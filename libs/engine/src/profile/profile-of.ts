import type { ClusterProfile, Detection, SnapshotView } from '@portolan/model';
import { detectProfile } from './detect-profile.js';
import { resolveProfile } from './resolve-profile.js';

/** The profile of which nothing is set by hand, and what it is made of. */
export function profileOf(
  view: SnapshotView,
  isComplete: boolean,
): { readonly profile: ClusterProfile; readonly detections: readonly Detection[] } {
  const detections = detectProfile(view, isComplete);
  return { profile: resolveProfile({}, detections), detections };
}
