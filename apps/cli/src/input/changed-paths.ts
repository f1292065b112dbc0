import type { OpenInput } from './open-input.js';

/** Paths of the head whose bytes are not those of the same path in the base; null when not both are folders. */
export function changedPaths(base: OpenInput, head: OpenInput): ReadonlySet<string> | null {
  const [before, after] = [filesOf(base), filesOf(head)];
  if (before === null || after === null) return null;
  const changed = new Set<string>();
  for (const [within, { path, content }] of after) {
    const old = before.get(within);
    if (old === undefined || Buffer.compare(old.content, content) !== 0) changed.add(path);
  }
  return changed;
}

interface LocatedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** Files by their paths inside the folder. */
function filesOf({ source, folder }: OpenInput): Map<string, LocatedFile> | null {
  if (source.kind !== 'files' || folder === null) return null;
  const skip = folder === '' ? 0 : folder.length + 1;
  return new Map(source.files.map((file) => [file.path.slice(skip), file]));
}
