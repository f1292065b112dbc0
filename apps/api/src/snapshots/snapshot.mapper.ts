import type { SnapshotStats } from '@portolan/model';
import type { SnapshotRow } from '@portolan/store';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { toInt } from '../schema/int.js';
import { SnapshotModel } from './snapshot.model.js';
import { GitContextModel, SnapshotSourceModel } from './snapshot-source.model.js';
import { SnapshotStatsModel } from './snapshot-stats.model.js';

/** From the store's row to the type of the API. */
export function toSnapshotModel(row: SnapshotRow): SnapshotModel {
  return newModel(SnapshotModel, {
    id: encodeGlobalId({ type: 'Snapshot', uuid: row.id }),
    row,
    digest: row.digest,
    source: toSource(row),
    status: 'READY',
    takenAt: row.takenAt,
    completeness: row.completeness,
    stats: toStats(row.stats),
  });
}

function toSource({ sourceKind, actor, git }: SnapshotRow): SnapshotSourceModel {
  return newModel(SnapshotSourceModel, {
    kind: sourceKind,
    actor,
    git: git === null ? null : toGit(git),
  });
}

/** Git provenance as the API tells it. */
export function toGit(git: NonNullable<SnapshotRow['git']>): GitContextModel {
  const { repository, commit, ref, pullRequest, url } = git;
  return newModel(GitContextModel, { repository, commit, ref, pullRequest, url });
}

function toStats(stats: SnapshotStats): SnapshotStatsModel {
  return newModel(SnapshotStatsModel, {
    objects: stats.objects,
    namespaces: stats.namespaces,
    workloads: stats.workloads,
    pods: stats.pods,
    policies: stats.policies,
    distinctPolicySpecs: stats.distinctPolicySpecs,
    skipped: stats.skipped,
    bytes: toInt(stats.bytes),
  });
}
