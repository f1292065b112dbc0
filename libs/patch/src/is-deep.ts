/** Brackets and braces inside one another, twice as many as manifests may have. */
const MAX_DEPTH = 200;
/** Columns before the text of a line: the same for lists and maps in lines. */
const INDENT = /^[ \t?:-]{1000}/m;

/**
 * Whether a text could be nested so deep that the parser takes no end of time. Brackets in texts count as well, so that it says so
 * of a text that is not, and never the other way round.
 */
export function isDeep(text: string): boolean {
  if (INDENT.test(text)) return true;
  let depth = 0;
  for (const { 0: bracket } of text.matchAll(/[[\]{}]/g)) {
    if (bracket === '[' || bracket === '{') depth++;
    else depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
