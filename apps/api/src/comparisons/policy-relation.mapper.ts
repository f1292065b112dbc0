import type { Counterexample, PolicyRelation } from '@portolan/engine';
import type { Caveat } from '@portolan/model';
import { snapshotCaveats } from '@portolan/report';
import { toCaveatModels } from '../caveats/caveat.mapper.js';
import { profileCaveats, toChangedEndpoint } from '../diff/diff.mapper.js';
import type { DiffSides } from '../diff/snapshot-diff.model.js';
import { toTrafficSetModel } from '../objects/traffic-set.mapper.js';
import { toInt } from '../schema/int.js';
import { newModel } from '../schema/new-model.js';
import { PolicyCounterexampleModel, PolicyRelationModel } from './policy-comparison.model.js';

/** From the engine's answer to the type of the API. `caveats` are those of the diff that it is read off. */
export function toPolicyRelationModel(
  sides: DiffSides,
  caveats: readonly Caveat[],
  { holds, counterexamples, counterexampleCount }: PolicyRelation,
): PolicyRelationModel {
  const { base, head } = sides;
  return newModel(PolicyRelationModel, {
    holds,
    counterexamples: counterexamples.map((one) => toCounterexample(sides, one)),
    counterexampleCount: toInt(counterexampleCount),
    caveats: toCaveatModels(
      caveats,
      profileCaveats(sides),
      snapshotCaveats(base.row, base),
      snapshotCaveats(head.row, head),
    ),
  });
}

function toCounterexample(
  sides: DiffSides,
  { source, destination, onlyA, onlyB, both }: Counterexample,
): PolicyCounterexampleModel {
  return newModel(PolicyCounterexampleModel, {
    source: toChangedEndpoint(sides, source),
    destination: toChangedEndpoint(sides, destination),
    onlyA: toTrafficSetModel(onlyA),
    onlyB: toTrafficSetModel(onlyB),
    both: toTrafficSetModel(both),
  });
}
