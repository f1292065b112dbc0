/** What tells uploads apart: equal for the same paths and bytes, however they came. */
export function fingerprintOf(
  files: readonly { readonly path: string; readonly sha256: string }[],
): string {
  return JSON.stringify(files.map(({ path, sha256 }) => [path, sha256]));
}
