const SLOTS = 4096;
/** Longer keys are rare, and would stay in memory. */
const LONGEST = 64;
const known: string[] = Array.from({ length: SLOTS }, () => '');

/** Cuts a key out of a text. A cluster has few different ones, so most are at hand. */
export function cutKey(text: string, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST) return text.slice(start, end);
  const middle = text.charCodeAt((start + end) >> 1);
  const ends = text.charCodeAt(start) * 34_283 + text.charCodeAt(end - 1) * 49_843;
  const slot = ((length * 40_503 + ends + middle * 10_197) >>> 5) & (SLOTS - 1);
  const key = known[slot];
  if (key?.length === length && text.startsWith(key, start)) return key;
  return (known[slot] = asPropertyName(text.slice(start, end)));
}

/** The one copy of a text that the engine uses for names of properties: the quickest to look up. */
function asPropertyName(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}
