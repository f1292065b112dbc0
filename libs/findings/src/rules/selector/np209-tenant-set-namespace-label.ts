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

/** Namespaces that a fix names at most. */
const MOST_NAMED = 10;

/** Pods are let in by a label that tenants can give their namespace. */
export const TENANT_SET_NAMESPACE_LABEL: FindingRule = {
  id: 'NP209',
  name: 'tenant-set-namespace-label',
  category: 'SELECTOR',
  severity: 'LOW',
  description: 'A peer admits namespaces by a label that tenants can set.',
  remediation: 'Select by kubernetes.io/metadata.name, which nobody can set.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const { tenantsLabelNamespaces, protectedNamespaceLabels } = context.profile;
    if (!tenantsLabelNamespaces) return;
    const guarded = new Set([NAMESPACE_NAME_LABEL, ...protectedNamespaceLabels]);
    const ofSpec = new Map<PolicySpec, readonly Labelled[]>();
    for (const policy of context.policies.all()) {
      const found = ofSpec.get(policy.spec) ?? labelledPeers(policy.spec, guarded);
      ofSpec.set(policy.spec, found);
      if (found.length === 0 || context.emptySelections.isIdle(policy)) continue;
      for (const { place, peer, labels } of found)
        if (opensToStranger(context, policy, place))
          report({
            object: { kind: 'POLICY', index: policy.index },
            place,
            confidence: 'LIKELY',
            key: formatSelector(labels),
            message: `Whoever labels a namespace ${formatSelector(labels)} passes. Prefer ${NAMESPACE_NAME_LABEL}.`,
            fix: fixOf(context, policy, place, peer),
          });
    }
  },
};

interface Labelled {
  readonly place: RulePlace;
  readonly peer: PodPeer;
  /** What the label has to be. */
  readonly labels: LabelSelector;
}

/** Ingress alone, as of NP208: to send to a namespace that somebody else labelled does less harm. */
function labelledPeers(
  { directions, ingress }: PolicySpec,
  guarded: ReadonlySet<string>,
): readonly Labelled[] {
  if (!directions.includes('INGRESS')) return [];
  return ingress.flatMap(({ action, peers }, rule) =>
    action !== 'ALLOW'
      ? []
      : (peers ?? []).flatMap((peer, at): Labelled[] => {
          const labels = peer.kind === 'pods' ? labelsToSet(peer.namespaceSelector, guarded) : [];
          const place = { direction: 'INGRESS', rule, peer: at, port: null } as const;
          return peer.kind === 'pods' && labels.length > 0 ? [{ place, peer, labels }] : [];
        }),
  );
}

/**
 * The labels that make a namespace fit; none where a label that tenants cannot set has to have a value, or where not having
 * a label is enough.
 */
function labelsToSet(selector: LabelSelector | null, guarded: ReadonlySet<string>): LabelSelector {
  const wanted = (selector ?? []).filter(
    ({ operator }) => operator === 'In' || operator === 'Exists',
  );
  const isGuarded = wanted.some(({ key, operator }) => operator === 'In' && guarded.has(key));
  return isGuarded ? [] : wanted.filter(({ key }) => !guarded.has(key));
}

function fixOf(
  { analysis, selections, view }: FindingContext,
  policy: PolicyRecord,
  place: RulePlace,
  peer: PodPeer,
): FindingFix {
  const { namespaceSelector } = peer;
  const classes = selections.selected({ namespaceSelector, podSelector: [] }, policy.namespace);
  const namespaces = [...new Set(classes.map((one) => analysis.index.classes.namespace[one]!))];
  const names = namespaceNames(view, namespaces).sort();
  if (names.length === 0 || names.length > MOST_NAMED) {
    const which = names.length === 0 ? '' : ` These are ${listNames(names)}.`;
    return { text: `Name the namespaces that are meant.${which}`, yaml: null, edits: [] };
  }
  const named = [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: names }] as const;
  const text = `Name the namespaces that have the label: ${names.join()}.`;
  return rewrite(text, policy, place, 'namespaceSelector', named);
}
