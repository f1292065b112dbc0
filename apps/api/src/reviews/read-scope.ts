import type { PruneScope } from '@portolan/manifests';
import { parseSelector } from '@portolan/model';

/** What goes away beside the folder: null when nothing does. Or what is wrong with the selector. */
export function readScope(
  namespaces: readonly string[] | null,
  labels: string | null,
): { readonly prune: PruneScope | null } | { readonly message: string } {
  const named = namespaces === null || namespaces.length === 0 ? null : namespaces;
  if (named === null && labels === null) return { prune: null };
  const parsed = labels === null ? null : parseSelector(labels);
  if (parsed !== null && !parsed.ok)
    return { message: `This is no label selector: ${parsed.message}` };
  return { prune: { namespaces: named, labels: parsed?.selector ?? null } };
}
