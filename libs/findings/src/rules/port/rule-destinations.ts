import type { FindingContext } from '../../finding-context.js';
import type { RuleAt } from '../../policy-rules.js';

/** Whose ports a rule is about: the pods of the policy on ingress, those that the peers mean on egress. */
export interface RuleDestinations {
  readonly classes: readonly number[];
  /** Whether addresses are meant as well: by an ipBlock, or since the rule has no peers. */
  readonly hasAddresses: boolean;
  /** Whether labels choose the pods, so that the rule was written for them and not for whoever there is. */
  readonly isNarrow: boolean;
}

export function destinationsOf(
  { rows, selections }: FindingContext,
  { policy, direction, rule }: RuleAt,
): RuleDestinations {
  if (direction === 'INGRESS')
    return {
      classes: [...rows.subjects('INGRESS', policy.index)],
      hasAddresses: false,
      isNarrow: policy.spec.subject.podSelector.length > 0,
    };
  const peers = rule.peers ?? [];
  const pods = peers.filter((peer) => peer.kind === 'pods');
  return {
    classes: union(pods.map((peer) => selections.selected(peer, policy.namespace))),
    hasAddresses: rule.peers === null || pods.length < peers.length,
    isNarrow: pods.length > 0 && pods.every(({ podSelector }) => podSelector.length > 0),
  };
}

function union(lists: readonly (readonly number[])[]): readonly number[] {
  const [only] = lists;
  return only !== undefined && lists.length === 1 ? only : [...new Set(lists.flat())];
}
