import type { LayerTally } from '@portolan/manifests';

/** Paths of the head whose bytes are not those of the same path in the base; null when not both have files. */
export function changedFiles(
  base: LayerTally | null,
  head: LayerTally | null,
): ReadonlySet<string> | null {
  if (base === null || head === null) return null;
  const changed = [...head.files].filter(([path, hash]) => base.files.get(path) !== hash);
  return new Set(changed.map(([path]) => path));
}
