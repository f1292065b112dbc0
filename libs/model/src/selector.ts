/** Operators of a label selector requirement (`metav1.LabelSelectorOperator`). */
export const SELECTOR_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
/** An operator of SELECTOR_OPERATORS. */
export type SelectorOperator = (typeof SELECTOR_OPERATORS)[number];

/** One requirement. `values` is sorted and without repeats; empty for Exists and DoesNotExist. */
export interface Requirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  readonly values: readonly string[];
}

/**
 * A label selector in normal form: all requirements must hold; `matchLabels: {a: b}` is `a In (b)`. Sorted by key,
 * operator and values, without repeats, so that equal selectors are equal text. Empty = everything.
 */
export type LabelSelector = readonly Requirement[];

/** The label that the control plane sets on every namespace: its name. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>;

/** Whether labels satisfy one requirement. `NotIn` holds when the key is absent (labels.Requirement.Matches). */
export function satisfies(
  labels: ReadonlyMap<string, string>,
  { key, operator, values }: Requirement,
): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

/** Whether labels satisfy every requirement. */
export function matchesSelector(
  labels: ReadonlyMap<string, string>,
  selector: LabelSelector,
): boolean {
  return selector.every((requirement) => satisfies(labels, requirement));
}

/** Brings requirements into normal form. */
export function normalizeSelector(requirements: readonly Requirement[]): LabelSelector {
  const byText = new Map<string, Requirement>();
  for (const { key, operator, values } of requirements) {
    const normal: Requirement = { key, operator, values: [...new Set(values)].sort(compareText) };
    byText.set(`${key}\u0000${operator}\u0000${normal.values.join('\u0000')}`, normal);
  }
  return [...byText.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, requirement]) => requirement);
}

/** In kubectl's syntax: `app=web,tier in (a,b),!legacy`. Empty selector = empty text. */
export function formatSelector(selector: LabelSelector): string {
  return selector.map(formatRequirement).join(',');
}

/** A requirement in the syntax of kubectl: `app=web`, `tier in (a,b)`, `!legacy`. */
export function formatRequirement({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0] ?? ''}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return values.length === 1
        ? `${key}!=${values[0] ?? ''}`
        : `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}

/** Order by UTF-16 code units: the one order of names, keys and values everywhere (never locale-dependent). */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
