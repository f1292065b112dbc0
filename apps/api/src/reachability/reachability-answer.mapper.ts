import { displayName } from '@portolan/engine';
import {
  type NearMiss,
  type ReachabilityAnswer,
  type RuleMatch,
  rulePath,
  type SideExplanation,
} from '@portolan/model';
import { snapshotCaveats } from '@portolan/report';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { toTrafficSetModel } from '../objects/traffic-set.mapper.js';
import { newModel } from '../schema/new-model.js';
import { toCaveatModels } from '../caveats/caveat.mapper.js';
import { ExplanationModel, SideExplanationModel } from './explanation.model.js';
import { NearMissModel } from './near-miss.model.js';
import { ReachabilityAnswerModel } from './reachability-answer.model.js';
import { toRuleMatchModel } from './rule-match.mapper.js';
import type { RuleMatchModel } from './rule-match.model.js';

/** From the engine's answer to the type of the API. */
export function toReachabilityAnswerModel(
  snapshot: IndexedSnapshot,
  answer: ReachabilityAnswer,
): ReachabilityAnswerModel {
  const { verdict, verdictIfEnforced, allowed, denied, unknown, caveats } = answer;
  return newModel(ReachabilityAnswerModel, {
    from: displayName(answer.from),
    to: displayName(answer.to),
    verdict,
    verdictIfEnforced,
    allowed: toTrafficSetModel(allowed),
    denied: toTrafficSetModel(denied),
    unknown: toTrafficSetModel(unknown),
    explanation: toExplanationModel(snapshot, answer),
    caveats: toCaveatModels(caveats, snapshotCaveats(snapshot.row, snapshot)),
  });
}

function toExplanationModel(
  snapshot: IndexedSnapshot,
  answer: ReachabilityAnswer,
): ExplanationModel {
  const { source, destination, egress, ingress } = answer.explanation;
  return newModel(ExplanationModel, {
    snapshot,
    answer,
    source,
    destination,
    egress: toSideExplanationModel(snapshot, egress),
    ingress: toSideExplanationModel(snapshot, ingress),
  });
}

function toSideExplanationModel(
  snapshot: IndexedSnapshot,
  side: SideExplanation,
): SideExplanationModel {
  const toModels = (matches: readonly RuleMatch[]): RuleMatchModel[] =>
    matches.map((match) => toRuleMatchModel(snapshot, match));
  return newModel(SideExplanationModel, {
    snapshot,
    isolating: side.isolatedBy,
    direction: side.direction,
    verdict: side.verdict,
    isolated: side.isolated,
    allowedBy: toModels(side.allowedBy),
    deniedBy: toModels(side.deniedBy),
    passedBy: toModels(side.passedBy),
    maybeAllowedBy: toModels(side.maybeAllowedBy),
    nearMisses: side.nearMisses.map((miss) => toNearMissModel(snapshot, miss)),
  });
}

function toNearMissModel(snapshot: IndexedSnapshot, miss: NearMiss): NearMissModel {
  const { policy, direction, rule, peer, reason, detail } = miss;
  return newModel(NearMissModel, {
    snapshot,
    ref: { policy, direction, rule, peer },
    peerPath: peer === null ? null : rulePath(direction, rule, peer),
    reason,
    detail,
  });
}
