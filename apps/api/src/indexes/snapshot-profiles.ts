import { Inject, Injectable } from '@nestjs/common';
import { resolveProfile } from '@portolan/engine';
import {
  type ClusterProfile,
  type Detection,
  type ProfileSettings,
  type SegmentBytes,
} from '@portolan/model';
import { WorkerPool } from '@portolan/pool';
import { SnapshotRepository, type SnapshotRow } from '@portolan/store';
import { ProfileSettingsReader } from '../profile-settings/profile-settings-reader.js';
import { MemoCache } from './memo-cache.js';

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
    @Inject(ProfileSettingsReader) private readonly settings: ProfileSettingsReader,
    @Inject(WorkerPool) private readonly pool: WorkerPool,
  ) {}

  /** `segments` = those of the snapshot, for who needs them anyway. Fails as the store and the pool do. */
  async of(
    row: SnapshotRow,
    segments: () => Promise<readonly SegmentBytes[]> = () => this.snapshots.loadSegments(row.id),
  ): Promise<SnapshotProfile> {
    const [settings, detections] = await Promise.all([
      this.settings.of(row.clusterId),
      this.#detected(row, segments),
    ]);
    return profileOf(settings, detections);
  }

  /** As `of`, by the settings as they were when they were read last; null when they were not. */
  async lastOf(
    row: SnapshotRow,
    segments: () => Promise<readonly SegmentBytes[]>,
  ): Promise<SnapshotProfile | null> {
    const settings = this.settings.lastOf(row.clusterId);
    return settings === null ? null : profileOf(settings, await this.#detected(row, segments));
  }

  #detected(
    { key, completeness }: SnapshotRow,
    segments: () => Promise<readonly SegmentBytes[]>,
  ): Promise<readonly Detection[]> {
    const isComplete = completeness === 'COMPLETE';
    return this.#detections.get(`${key} ${isComplete}`, async () =>
      this.pool.detectProfile(await segments(), isComplete),
    );
  }
}

/** The profile of a cluster of which there is no snapshot. */
export function profileWithoutSnapshot(settings: ProfileSettings): SnapshotProfile {
  return profileOf(settings, []);
}

function profileOf(settings: ProfileSettings, detections: readonly Detection[]): SnapshotProfile {
  return { profile: resolveProfile(settings, detections), settings, detections };
}
