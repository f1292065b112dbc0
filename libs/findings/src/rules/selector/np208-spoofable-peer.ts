import {
  type FindingFix,
  formatSelector,
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  type PodPeer,
  type PolicyRecord,
  type PolicySpec,
  type RulePlace,
} from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { opensToStranger } from '../../selectors/opens-to-stranger.js';
import { rewrite } from '../../selectors/selector-manifest.js';
import { listNames, namespaceNames } from '../../selectors/selection-words.js';

/** Pods of any namespace are let in by labels that whoever makes a pod can give it. */
export const SPOOFABLE_PEER: FindingRule = {
  id: 'NP208',
  name: 'spoofable-peer',
  category: 'SELECTOR',
  severity: 'MEDIUM',
  description: 'A peer admits pods by their labels from every namespace.',
  remediation: 'Name the namespace of the pods.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const ofSpec = new Map<PolicySpec, readonly Spoofable[]>();
    for (const policy of context.policies.all()) {
      const found = ofSpec.get(policy.spec) ?? spoofablePeers(policy.spec);
      ofSpec.set(policy.spec, found);
      if (found.length === 0 || context.emptySelections.isIdle(policy)) continue;
      for (const { place, peer } of found)
        if (opensToStranger(context, policy, place))
          report({
            object: { kind: 'POLICY', index: policy.index },
            place,
            confidence: 'LIKELY',
            key: formatSelector(peer.podSelector),
            message: `Whoever can run a pod with ${formatSelector(peer.podSelector)}, in any namespace, passes. Name the namespace.`,
            fix: fixOf(context, policy, place, peer),
          });
    }
  },
};

interface Spoofable {
  readonly place: RulePlace;
  readonly peer: PodPeer;
}

/** To send to a pod that somebody else made does less harm, and rules for DNS do it everywhere: ingress alone. */
function spoofablePeers({ directions, ingress }: PolicySpec): readonly Spoofable[] {
  if (!directions.includes('INGRESS')) return [];
  return ingress.flatMap(({ action, peers }, rule) =>
    action !== 'ALLOW'
      ? []
      : (peers ?? []).flatMap((peer, at) =>
          peer.kind === 'pods' &&
          isEverywhere(peer.namespaceSelector) &&
          peer.podSelector.length > 0
            ? [{ place: { direction: 'INGRESS', rule, peer: at, port: null } as const, peer }]
            : [],
        ),
  );
}

function isEverywhere(selector: LabelSelector | null): boolean {
  return (
    selector?.every(({ key, operator }) => key === NAMESPACE_NAME_LABEL && operator === 'Exists') ??
    false
  );
}

function fixOf(
  { analysis, selections, view }: FindingContext,
  policy: PolicyRecord,
  place: RulePlace,
  peer: PodPeer,
): FindingFix {
  const classes = selections.labelled(peer, policy.namespace);
  const namespaces = [...new Set(classes.map((one) => analysis.index.classes.namespace[one]!))];
  const names = namespaceNames(view, namespaces);
  if (names.length !== 1) {
    const where = names.length === 0 ? '' : ` They are in ${listNames(names)}.`;
    return { text: `Name the namespaces of the pods.${where}`, yaml: null, edits: [] };
  }
  const named = [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: names }] as const;
  return rewrite(
    `Name the namespace of the pods: ${names.join()}.`,
    policy,
    place,
    'namespaceSelector',
    named,
  );
}
