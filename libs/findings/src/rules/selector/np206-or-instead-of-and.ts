import {
  type FindingFix,
  formatSelector,
  type PolicyRecord,
  type RulePlace,
} from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { openedByPeers } from '../../selectors/opened-by-peers.js';
import type { OrPair } from '../../selectors/or-pairs.js';
import { fieldYaml, peerPath, selectorManifest } from '../../selectors/selector-manifest.js';
import { workloadNames } from '../../selectors/selection-words.js';

/** Two items, namespaces and pods, where one with both was meant, and traffic that only the mistake opens. */
export const OR_INSTEAD_OF_AND: FindingRule = {
  id: 'NP206',
  name: 'or-instead-of-and',
  category: 'SELECTOR',
  severity: 'HIGH',
  description:
    'A namespaceSelector and a podSelector stand in two items of a list, which means one or the other.',
  remediation: 'Write both in one item.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const { policy, direction, at, rule } of context.policies.rules(
      context.policies.networkPolicies(),
    )) {
      if (rule.peers === null || rule.peers.length < 2) continue;
      for (const pair of context.orPairs.of(rule, policy.namespace)) {
        const place = { direction, rule: at, peer: pair.namespacesAt, port: null };
        const opened = workloadsOpened(context, policy, place, pair);
        if (opened === 0) continue;
        const { view } = context;
        const namespaces = formatSelector(pair.namespaces.namespaceSelector ?? []);
        const pods = formatSelector(pair.pods.podSelector);
        report({
          object: { kind: 'POLICY', index: policy.index },
          place,
          severity: pair.isPlain ? 'HIGH' : 'MEDIUM',
          confidence: pair.isPlain ? 'LIKELY' : 'POSSIBLE',
          key: `${direction} [${namespaces}] ${pods}`,
          message: `Two list items mean OR: every pod of ${namespaces === '' ? 'all namespaces' : `namespaces with ${namespaces}`}, or pods with ${pods} in ${view.namespaceName(policy.namespace)}. For AND, put both in one item. Opens ${opened} more ${opened === 1 ? 'workload' : 'workloads'}.`,
          fix: merged(place, pair),
        });
      }
    }
  },
};

/** Workloads that the two items admit, one item would not, and no other rule does. */
function workloadsOpened(
  { analysis, selections }: FindingContext,
  policy: PolicyRecord,
  place: RulePlace,
  { namespaces, pods, namespacesAt, podsAt }: OrPair,
): number {
  const { namespaceSelector } = namespaces;
  const { podSelector } = pods;
  const own = policy.namespace;
  const both = new Set(selections.selected({ namespaceSelector, podSelector }, own));
  const either = [...selections.selected(namespaces, own), ...selections.selected(pods, own)];
  const more = [...new Set(either)].filter((one) => !both.has(one));
  const opened = openedByPeers(analysis, policy, place, [namespacesAt, podsAt], more);
  return workloadNames(analysis, opened).length;
}

function merged(place: RulePlace, { namespaces, pods, namespacesAt, podsAt }: OrPair): FindingFix {
  const first = Math.min(namespacesAt, podsAt);
  const { namespaceSelector } = namespaces;
  const both = [
    fieldYaml('namespaceSelector', namespaceSelector ?? []),
    fieldYaml('podSelector', pods.podSelector),
  ].join('\n');
  const isNamespaces = first === namespacesAt;
  const field = isNamespaces ? 'podSelector' : 'namespaceSelector';
  const selector = isNamespaces ? pods.podSelector : (namespaceSelector ?? []);
  return {
    text: 'If both were meant to hold, put both selectors in one item.',
    yaml: `- ${both.replaceAll('\n', '\n  ')}`,
    edits: [
      {
        op: 'set',
        path: [...peerPath({ ...place, peer: first }), field],
        value: selectorManifest(selector),
      },
      { op: 'remove', path: peerPath({ ...place, peer: first + 1 }) },
    ],
  };
}
