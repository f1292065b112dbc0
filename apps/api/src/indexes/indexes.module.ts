import { Module } from '@nestjs/common';
import { ProfileSettingsReader } from '../profile-settings/profile-settings-reader.js';
import { IndexCache } from './index-cache.js';
import { SnapshotProfiles } from './snapshot-profiles.js';

/** Snapshots, ready for questions. */
@Module({
  providers: [ProfileSettingsReader, SnapshotProfiles, IndexCache],
  exports: [ProfileSettingsReader, SnapshotProfiles, IndexCache],
})
export class IndexesModule {}
