import type { FindingFix, FixEdit, LabelSelector, PolicyRecord, RulePlace } from '@portolan/model';

/** A label selector as manifests write it. */
export interface SelectorManifest {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** What selects nothing else than a selector: single values as matchLabels, the rest as matchExpressions. */
export function selectorManifest(selector: LabelSelector): SelectorManifest {
  const labels = new Map<string, string>();
  const expressions: Exclude<SelectorManifest['matchExpressions'], undefined>[number][] = [];
  for (const { key, operator, values } of selector) {
    const [only] = values;
    if (operator === 'In' && values.length === 1 && only !== undefined && !labels.has(key))
      labels.set(key, only);
    else expressions.push({ key, operator, ...(values.length > 0 && { values }) });
  }
  return {
    ...(labels.size > 0 && { matchLabels: Object.fromEntries(labels) }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}

/** A field of a peer or of the subject. */
export type SelectorField = 'podSelector' | 'namespaceSelector';

/** Where a selector of a NetworkPolicy is written; null = cluster-scoped policies have several ways to write it. */
function selectorPath(
  { kind }: PolicyRecord,
  place: RulePlace | null,
  field: SelectorField,
): readonly (string | number)[] | null {
  if (kind !== 'NETWORK_POLICY') return null;
  return [...peerPath(place), field];
}

/** Where a peer is written, or (null) the spec. */
export function peerPath(place: RulePlace | null): readonly (string | number)[] {
  if (place?.peer == null) return ['spec'];
  const [list, peers] = place.direction === 'INGRESS' ? ['ingress', 'from'] : ['egress', 'to'];
  return ['spec', list, place.rule, peers, place.peer];
}

/** A fix that writes a selector anew. */
export function rewrite(
  text: string,
  policy: PolicyRecord,
  place: RulePlace | null,
  field: SelectorField,
  selector: LabelSelector,
): FindingFix {
  const path = selectorPath(policy, place, field);
  if (path === null) return { text, yaml: null, edits: [] };
  const value = selectorManifest(selector);
  const edit: FixEdit = { op: 'set', path, value };
  return { text, yaml: fieldYaml(field, selector), edits: [edit] };
}

/** A selector as a field of a peer or a spec, in YAML that ends without a line break. */
export function fieldYaml(field: SelectorField, selector: LabelSelector): string {
  if (selector.length === 0) return `${field}: {}`;
  const { matchLabels = {}, matchExpressions = [] } = selectorManifest(selector);
  const labels = Object.entries(matchLabels).map(
    ([key, value]) => `    ${scalar(key)}: ${scalar(value)}`,
  );
  const expressions = matchExpressions.map(({ key, operator, values }) => {
    const list = values === undefined ? '' : `, values: [${values.map(scalar).join(', ')}]`;
    return `    - { key: ${scalar(key)}, operator: ${operator}${list} }`;
  });
  return [
    `${field}:`,
    ...(labels.length > 0 ? ['  matchLabels:', ...labels] : []),
    ...(expressions.length > 0 ? ['  matchExpressions:', ...expressions] : []),
  ].join('\n');
}

/** Words that YAML reads as something else than text. */
const NOT_TEXT = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

function scalar(text: string): string {
  const isPlain = /^[A-Za-z][\w./-]*$/.test(text) && !NOT_TEXT.test(text);
  return isPlain ? text : JSON.stringify(text);
}
