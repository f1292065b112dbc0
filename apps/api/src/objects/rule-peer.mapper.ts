import { formatSelector, invariant, rulePath, type RuleRef, rulesOf } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { newModel } from '../schema/new-model.js';
import { peerSummary } from './peer-summary.js';
import { policyNamespace } from './policy.mapper.js';
import { RulePeerModel } from './rule-peer.model.js';

/** The peers of a rule; none when the rule admits any peer. */
export function toRulePeerModels(snapshot: IndexedSnapshot, ref: RuleRef): RulePeerModel[] {
  const { policy, direction, rule } = ref;
  const record = snapshot.view.policy(policy);
  const namespace = policyNamespace(snapshot.view, record);
  const found = rulesOf(record.spec, direction)[rule];
  invariant(found !== undefined, 'a reference names a rule of its policy');
  return (found.peers ?? []).map((peer, i) =>
    newModel(RulePeerModel, {
      snapshot,
      ref: { policy, direction, rule, peer: i },
      path: rulePath(direction, rule, i),
      summary: peerSummary(peer, found.action, namespace),
      cidrs: peer.kind === 'networks' ? peer.cidrs : [],
      except: peer.kind === 'networks' ? peer.except : [],
      domainNames: peer.kind === 'domainNames' ? peer.names : [],
      nodeSelector: peer.kind === 'nodes' ? formatSelector(peer.selector) : null,
    }),
  );
}
