/** A state that a server has. */
export type StateRef =
  | { readonly kind: 'SNAPSHOT'; readonly id: string }
  | { readonly kind: 'CLUSTER'; readonly slug: string };

/** Reads `snapshot:ID` and `cluster:SLUG`; null for anything else, which is then a path. */
export function readStateRef(given: string): StateRef | null {
  const [, kind, name = ''] = /^(snapshot|cluster):(.+)$/s.exec(given) ?? [];
  if (kind === undefined) return null;
  return kind === 'snapshot' ? { kind: 'SNAPSHOT', id: name } : { kind: 'CLUSTER', slug: name };
}
