import {
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  normalizeSelector,
  type SnapshotView,
} from '@portolan/model';

/** A label that a selector takes for the name of namespaces. */
export interface NamespaceNameLabel {
  readonly key: string;
  /** The namespaces (indices) that have the names asked for. */
  readonly namespaces: readonly number[];
  /** The same with the label that every namespace has. */
  readonly corrected: LabelSelector;
}

/** Last parts of keys that people take for the name of a namespace. */
const NAMING_PARTS = new Set(['name', 'namespace', 'ns', 'metadata.name', 'namespace-name']);

/** What a selector that fits no namespace takes for the name of one; null = nothing. */
export function namespaceNameLabel(
  view: SnapshotView,
  selector: LabelSelector,
): NamespaceNameLabel | null {
  for (const requirement of selector) {
    const { key, operator, values } = requirement;
    const part = key.slice(key.lastIndexOf('/') + 1);
    if (operator !== 'In' || key === NAMESPACE_NAME_LABEL || !NAMING_PARTS.has(part)) continue;
    const namespaces = values.map((name) => view.findNamespace(name)).filter((one) => one >= 0);
    if (namespaces.length === 0) continue;
    const others = selector.filter((one) => one !== requirement);
    const named = { key: NAMESPACE_NAME_LABEL, operator, values };
    return { key, namespaces, corrected: normalizeSelector([...others, named]) };
  }
  return null;
}
