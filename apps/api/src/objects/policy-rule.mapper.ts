import {
  type Direction,
  invariant,
  isAllTraffic,
  rulePath,
  type RuleRef,
  rulesOf,
} from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { newModel } from '../schema/new-model.js';
import { NamedPortModel, PolicyRuleModel } from './policy-rule.model.js';
import { ruleTraffic } from './rule-traffic.js';
import { toTrafficSetModel } from './traffic-set.mapper.js';
import { TrafficSetModel } from './traffic-set.model.js';

/** A rule of a policy (by snapshot-wide index). Which peer the reference names does not matter here. */
export function toPolicyRuleModel(
  snapshot: IndexedSnapshot,
  { policy, direction, rule }: Omit<RuleRef, 'peer'>,
): PolicyRuleModel {
  const found = rulesOf(snapshot.view.policy(policy).spec, direction)[rule];
  invariant(found !== undefined, 'a reference names a rule of its policy');
  const { ranges, namedPorts, text } = ruleTraffic(found.ports);
  return newModel(PolicyRuleModel, {
    snapshot,
    ref: { policy, direction, rule, peer: null },
    path: rulePath(direction, rule),
    name: found.name,
    direction,
    action: found.action,
    traffic: newModel(TrafficSetModel, {
      text,
      isAll: isAllTraffic(ranges),
      ranges: toTrafficSetModel(ranges).ranges,
      isEmpty: ranges.length === 0 && namedPorts.length === 0,
    }),
    namedPorts: namedPorts.map(({ name, protocol }) =>
      newModel(NamedPortModel, { name, protocol }),
    ),
  });
}

/** The rules of a policy that have an effect: those of the directions that it governs, ingress first. */
export function toPolicyRuleModels(snapshot: IndexedSnapshot, policy: number): PolicyRuleModel[] {
  const { spec } = snapshot.view.policy(policy);
  return spec.directions.flatMap((direction: Direction) =>
    rulesOf(spec, direction).map((_, rule) =>
      toPolicyRuleModel(snapshot, { policy, direction, rule }),
    ),
  );
}
