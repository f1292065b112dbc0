import { Inject, Injectable } from '@nestjs/common';
import { detectProfile, resolveProfile } from '@portolan/engine';
import {
  type ClusterProfile,
  type Detection,
  type ProfileSettings,
  type SegmentBytes,
  SnapshotView,
} from '@portolan/model';
import { SnapshotRepository, type SnapshotRow } from '@portolan/store';
import { ClustersService } from '../clusters/clusters.service.js';
import { MemoCache } from '../indexes/memo-cache.js';

/** Snapshots of which it is remembered what they show. */
const REMEMBERED = 10_000;

/** The profile that holds for a snapshot, and what it is made of. */
export interface SnapshotProfile {
  readonly profile: ClusterProfile;
  /** What was set by hand. */
  readonly settings: ProfileSettings;
  readonly detections: readonly Detection[];
}

/** The profiles of snapshots: the settings of their clusters, and what they show themselves. */
@Injectable()
export class SnapshotProfiles {
  /** A snapshot never changes, and neither does what it shows. */
  readonly #detections = new MemoCache<readonly Detection[]>({
    maxWeight: REMEMBERED,
    weigh: () => 1,
  });

  constructor(
    @Inject(SnapshotRepository) private readonly snapshots: SnapshotRepository,
    @Inject(ClustersService) private readonly clusters: ClustersService,
  ) {}

  /** `segments` = those of the snapshot, for who needs them anyway. Fails as the store does. */
  async of(
    row: SnapshotRow,
    segments: () => Promise<readonly SegmentBytes[]> = () => this.snapshots.loadSegments(row.id),
  ): Promise<SnapshotProfile> {
    const isComplete = row.completeness === 'COMPLETE';
    const [settings, detections] = await Promise.all([
      this.clusters.profileSettings(row.clusterId),
      this.#detections.get(`${row.key} ${isComplete}`, async () =>
        detectProfile(new SnapshotView(await segments()), isComplete),
      ),
    ]);
    return profileOf(settings, detections);
  }
}

/** The profile of a cluster of which there is no snapshot. */
export function profileWithoutSnapshot(settings: ProfileSettings): SnapshotProfile {
  return profileOf(settings, []);
}

function profileOf(settings: ProfileSettings, detections: readonly Detection[]): SnapshotProfile {
  return { profile: resolveProfile(settings, detections), settings, detections };
}
