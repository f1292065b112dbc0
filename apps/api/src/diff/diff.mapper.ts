import {
  type AccessChange,
  type Caveat,
  type ChangedEndpoint,
  type ChangedObjectKind,
  type DiffOptions,
  type ObjectChange,
  type SnapshotDiff,
  switchesKey,
} from '@portolan/model';
import { snapshotCaveats } from '@portolan/report';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { toEndpointModel } from '../objects/endpoint.mapper.js';
import type { Endpoint } from '../objects/endpoint.js';
import type { ObjectModel } from '../objects/object.model.js';
import { toNamespaceModel } from '../objects/namespace.mapper.js';
import { toPodModel } from '../objects/pod.mapper.js';
import { toPolicyModel } from '../objects/policy.mapper.js';
import { toTrafficSetModel } from '../objects/traffic-set.mapper.js';
import { toWorkloadModel } from '../objects/workload.mapper.js';
import { toCaveatModels } from '../caveats/caveat.mapper.js';
import { newModel } from '../schema/new-model.js';
import { toInt } from '../schema/int.js';
import { AccessChangeModel } from './access-change.model.js';
import { MAX_CAUSES, MAX_UNPROTECTED } from './diff-limits.js';
import { DiffSummaryModel } from './diff-summary.model.js';
import { ObjectChangeModel } from './object-change.model.js';
import { type DiffSides, SnapshotDiffModel } from './snapshot-diff.model.js';

/** From the engine's answer to the type of the API; lists are mapped when they are asked for. */
export function toSnapshotDiffModel(
  sides: DiffSides,
  options: DiffOptions,
  answer: SnapshotDiff,
): SnapshotDiffModel {
  const { equivalent, summary, caveats } = answer;
  const { base, head } = sides;
  return newModel(SnapshotDiffModel, {
    sides,
    options,
    answer,
    equivalent,
    summary: newModel(DiffSummaryModel, {
      opened: toInt(summary.opened),
      closed: toInt(summary.closed),
      altered: toInt(summary.altered),
      internetIngressOpened: toInt(summary.internetIngressOpened),
      internetEgressOpened: toInt(summary.internetEgressOpened),
      crossNamespaceOpened: toInt(summary.crossNamespaceOpened),
      newlyUnprotected: toInt(summary.newlyUnprotected),
      text: summary.text,
    }),
    caveats: toCaveatModels(
      caveats,
      cutCaveats(answer),
      profileCaveats(sides),
      snapshotCaveats(base.row, base),
      snapshotCaveats(head.row, head),
    ),
  });
}

function cutCaveats({ newlyUnprotected }: SnapshotDiff): readonly Caveat[] {
  if (newlyUnprotected.length <= MAX_UNPROTECTED) return [];
  const message = `\`newlyUnprotected\` lists ${MAX_UNPROTECTED} of ${newlyUnprotected.length} workloads.`;
  return [{ code: 'RESULT_TRUNCATED', message }];
}

/** Policies of both are read as the head's profile says, so that only what changed in them shows. */
export function profileCaveats({ base, head }: DiffSides): readonly Caveat[] {
  const isAlike =
    switchesKey(base.profile) === switchesKey(head.profile) &&
    base.profile.isEnforced === head.profile.isEnforced;
  if (isAlike) return [];
  const message =
    "The profiles of the two snapshots differ. The policies of both are read as the head's says, so that the diff shows what changed in manifests.";
  return [{ code: 'PROFILES_DIFFER', message }];
}

/** `objectChanges` are those of the same answer: the causes refer to them. */
export function toAccessChangeModel(
  sides: DiffSides,
  change: AccessChange,
  objectChanges: readonly ObjectChange[],
): AccessChangeModel {
  const named = change.causedBy.slice(0, MAX_CAUSES);
  const causes = named.flatMap((cause) => objectChanges[cause] ?? []);
  return newModel(AccessChangeModel, {
    source: toChangedEndpoint(sides, change.source),
    destination: toChangedEndpoint(sides, change.destination),
    kind: change.kind,
    before: toTrafficSetModel(change.before),
    after: toTrafficSetModel(change.after),
    opened: toTrafficSetModel(change.opened),
    closed: toTrafficSetModel(change.closed),
    causedBy: causes.map((cause) => toObjectChangeModel(sides, cause)),
  });
}

/** A changed object, with itself before and after where the API has such objects. */
export function toObjectChangeModel(
  { base, head }: DiffSides,
  change: ObjectChange,
): ObjectChangeModel {
  return newModel(ObjectChangeModel, {
    change: change.change,
    kind: change.kind,
    displayName: change.displayName,
    fields: change.fields,
    before: toObject(base, change.kind, change.before),
    after: toObject(head, change.kind, change.after),
    affectsAccess: change.affectsAccess,
  });
}

/** An end of a change: of the snapshot that has it. */
export function toChangedEndpoint(
  { base, head }: DiffSides,
  { side, ref }: ChangedEndpoint,
): Endpoint {
  return toEndpointModel(side === 'BASE' ? base : head, ref);
}

function toObject(
  snapshot: IndexedSnapshot,
  kind: ChangedObjectKind,
  index: number | null,
): ObjectModel | null {
  if (index === null) return null;
  switch (kind) {
    case 'NAMESPACE':
      return toNamespaceModel(snapshot, index);
    case 'WORKLOAD':
      return toWorkloadModel(snapshot, index);
    case 'POD':
      return toPodModel(snapshot, index);
    case 'POLICY':
      return toPolicyModel(snapshot, index);
    case 'NODE':
      // A node of the cluster is no object of the API: its name is in `displayName`.
      return null;
  }
}
