import { editDistance } from '@portolan/model';

/** Parts of names are told apart by these. */
const SEPARATORS = /[-_./]+/;
/** Shorter parts (dev, prd, eu, a) are chosen, not mistyped. */
const SHORTEST_PART = 4;
/** From this length on two errors are possible. */
const LONG_PART = 8;

/**
 * Whether one text is probably the other with a typing error: letters alone, in one part of a name, and none that tells
 * names of a series apart (`web-1` and `web-2`, `team-a` and `team-b`). Writing in capitals or with other separators counts.
 */
export function isTypingError(wanted: string, there: string): boolean {
  if (wanted === there || Math.abs(wanted.length - there.length) > 2) return false;
  const [a, b] = [wanted.toLowerCase(), there.toLowerCase()];
  if (a === b) return a.length > 1;
  if (digits(a) !== digits(b)) return false;
  const [partsOfA, partsOfB] = [a.split(SEPARATORS), b.split(SEPARATORS)];
  if (partsOfA.join('') === partsOfB.join('')) return a.length > SHORTEST_PART;
  if (partsOfA.length !== partsOfB.length) return false;
  const differing = partsOfA.flatMap((part, i) =>
    part === partsOfB[i] ? [] : [[part, partsOfB[i]!] as const],
  );
  const [only] = differing;
  return differing.length === 1 && only !== undefined && arePartsNear(...only);
}

function arePartsNear(a: string, b: string): boolean {
  const shortest = Math.min(a.length, b.length);
  if (shortest < SHORTEST_PART) return false;
  return editDistance(a, b) <= (shortest >= LONG_PART ? 2 : 1);
}

function digits(text: string): string {
  return text.replace(/\D+/g, ' ').trim();
}
