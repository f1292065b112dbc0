import { type PolicyPeer, rulePath, type RuleRef, rulesOf } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { newModel } from '../relay/new-model.js';
import { peerSummary } from './policy-summary.js';
import { RulePeerModel } from './rule-peer.model.js';

/** The peers of a rule; none when the rule admits any peer. */
export function toRulePeerModels(snapshot: IndexedSnapshot, ref: RuleRef): RulePeerModel[] {
  const { policy, direction, rule } = ref;
  const { spec, namespace } = snapshot.view.policy(policy);
  const namespaceName = snapshot.view.namespaceName(namespace);
  const peers: readonly PolicyPeer[] = rulesOf(spec, direction)[rule]?.peers ?? [];
  return peers.map((peer, i) =>
    newModel(RulePeerModel, {
      snapshot,
      ref: { policy, direction, rule, peer: i },
      path: rulePath(direction, rule, i),
      summary: peerSummary(peer, namespaceName),
      cidrs: peer.kind === 'ipBlock' ? [peer.cidr] : [],
      except: peer.kind === 'ipBlock' ? peer.except : [],
    }),
  );
}
