import type { Detection, SnapshotView } from '@portolan/model';
import { ClusterSigns } from './cluster-signs.js';
import { detectDns } from './detect-dns.js';
import { detectEnforcement } from './detect-enforcement.js';
import { detectIngressControllers } from './detect-ingress-controllers.js';
import { detectRanges } from './detect-ranges.js';

/**
 * What a snapshot tells of its cluster, with reasons. `isComplete` = it holds the whole cluster, so that what is not in it
 * does not exist.
 */
export function detectProfile(view: SnapshotView, isComplete: boolean): readonly Detection[] {
  const signs = new ClusterSigns(view, isComplete);
  return [
    ...detectEnforcement(signs),
    ...detectRanges(signs),
    ...detectDns(signs),
    ...detectIngressControllers(signs),
  ];
}
