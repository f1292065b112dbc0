/** Most characters of a stored text, by what it is. Longer ones end in an ellipsis. */
export const TEXT_LIMITS = {
  path: 1024,
  message: 2048,
  kind: 256,
  object: 512,
  field: 1024,
  name: 256,
  actor: 256,
  url: 2048,
} as const;

/**
 * Text as PostgreSQL can hold it, in JSON as well: U+0000 and lone surrogates, which it refuses, become U+FFFD, and what is
 * longer than the limit is cut.
 */
export function storedText(text: string, limit: number): string {
  const whole = text.replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD');
  if (whole.length <= limit) return whole;
  const cut = whole.slice(0, limit - 1);
  // Never half of a character of two units.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** The same of a text that may be missing. */
export function storedTextOrNull(text: string | null, limit: number): string | null {
  return text === null ? null : storedText(text, limit);
}
