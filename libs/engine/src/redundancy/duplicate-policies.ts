import {
  formatSelector,
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
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    const texts = new Map<PolicySpec, string>();
    for (const alike of policiesBySubject(view, namespace)) {
      const known = new Map<string, number>();
      for (const policy of alike) {
        const { spec } = view.policy(policy);
        let text = texts.get(spec);
        if (text === undefined) texts.set(spec, (text = canonicalText(spec)));
        const of = known.get(text);
        if (of === undefined) known.set(text, policy);
        else found.push({ policy, of });
      }
    }
  }
  return found.sort((a, b) => a.policy - b.policy);
}

/** Policies of a namespace that select the same for the same directions, where there are several. */
function policiesBySubject(view: SnapshotView, namespace: number): readonly number[][] {
  const bySubject = new Map<string, number[]>();
  for (
    let policy = view.firstPolicy(namespace);
    policy < view.firstPolicy(namespace + 1);
    policy++
  ) {
    const { subject, directions } = view.policy(policy).spec;
    const key = `${directions.join()} ${formatSelector(subject.podSelector)}`;
    const known = bySubject.get(key);
    if (known === undefined) bySubject.set(key, [policy]);
    else known.push(policy);
  }
  return [...bySubject.values()].filter(({ length }) => length > 1);
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
  if (items.length < 2) return [...items];
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
