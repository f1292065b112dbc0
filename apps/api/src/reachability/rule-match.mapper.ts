import { type RuleMatch, rulePath } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { toTrafficSetModel } from '../objects/traffic-set.mapper.js';
import { newModel } from '../schema/new-model.js';
import { RuleMatchModel } from './rule-match.model.js';

/** From the engine's match to the type of the API. */
export function toRuleMatchModel(snapshot: IndexedSnapshot, match: RuleMatch): RuleMatchModel {
  const { policy, direction, rule, peer, traffic } = match;
  return newModel(RuleMatchModel, {
    snapshot,
    ref: { policy, direction, rule, peer },
    peerPath: peer === null ? null : rulePath(direction, rule, peer),
    traffic: toTrafficSetModel(traffic),
  });
}
