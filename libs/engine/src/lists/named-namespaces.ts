import type { SnapshotView } from '@portolan/model';

/** The namespaces (indices) of these names, in order and once each; null = all. Unknown names are no namespaces. */
export function namedNamespaces(view: SnapshotView, names: readonly string[] | null): number[] {
  if (names === null) return Array.from({ length: view.namespaceCount }, (_, i) => i);
  const found = new Set(names.map((name) => view.findNamespace(name)).filter((i) => i >= 0));
  return [...found].sort((a, b) => a - b);
}
