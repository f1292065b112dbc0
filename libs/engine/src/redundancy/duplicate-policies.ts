import {
  type PolicyRule,
  type PolicySpec,
  policySpecJson,
  type SnapshotView,
} from '@portolan/model';

/** A NetworkPolicy that says the same as one before it in its namespace (snapshot-wide indices). */
export interface DuplicatePolicy {
  readonly policy: number;
  /** The first that says it. */
  readonly of: number;
}

/** NetworkPolicies that say the same as another of their namespace; the order of rules, peers and ports says nothing. */
export function duplicatePolicies(view: SnapshotView): DuplicatePolicy[] {
  const found: DuplicatePolicy[] = [];
  const texts = new Map<PolicySpec, string>();
  let namespace = -1;
  let known = new Map<string, number>();
  for (let policy = 0; policy < view.firstClusterPolicy; policy++) {
    const { namespace: own, spec } = view.policy(policy);
    if (own !== namespace) {
      namespace = own;
      known = new Map();
    }
    let text = texts.get(spec);
    if (text === undefined) texts.set(spec, (text = canonicalText(spec)));
    const of = known.get(text);
    if (of === undefined) known.set(text, policy);
    else found.push({ policy, of });
  }
  return found;
}

function canonicalText(spec: PolicySpec): string {
  const governed = (direction: 'INGRESS' | 'EGRESS', rules: readonly PolicyRule[]): PolicyRule[] =>
    spec.directions.includes(direction) ? distinct(rules.map(canonicalRule)) : [];
  return policySpecJson({
    ...spec,
    ingress: governed('INGRESS', spec.ingress),
    egress: governed('EGRESS', spec.egress),
  });
}

function canonicalRule({ peers, ports, ...rule }: PolicyRule): PolicyRule {
  return { ...rule, peers: peers && distinct(peers), ports: ports && distinct(ports) };
}

/** Sorted by what they say, each once. */
function distinct<Item>(items: readonly Item[]): Item[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
