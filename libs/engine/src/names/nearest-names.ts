import { compareText, editDistance } from '@portolan/model';

/** How many names a suggestion has. */
const SUGGESTIONS = 3;
/** The longest name that Kubernetes has. */
const LONGEST_NAME = 253;
/** Candidates beyond this many are not looked at: a suggestion is a courtesy, not a search. */
const LOOKED_AT = 20_000;

/** Up to three of the candidates that a person may have meant, nearest first. */
export function nearestNames(wanted: string, candidates: Iterable<string>): string[] {
  if (wanted.length > LONGEST_NAME) return [];
  const bound = Math.max(2, Math.floor(wanted.length / 3));
  const near: { name: string; distance: number }[] = [];
  let looked = 0;
  for (const name of candidates) {
    if (++looked > LOOKED_AT) break;
    const distance = distanceOf(wanted, name, bound);
    if (distance <= bound) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || compareText(a.name, b.name));
  return near.slice(0, SUGGESTIONS).map(({ name }) => name);
}

/** ` Did you mean a, b or c?`, or nothing. */
export function didYouMean(names: readonly string[]): string {
  const [last] = names.slice(-1);
  if (last === undefined) return '';
  const before = names.slice(0, -1).join(', ');
  return before === '' ? ` Did you mean ${last}?` : ` Did you mean ${before} or ${last}?`;
}

/** A part of a name is near to the whole. Otherwise the number of edits. */
function distanceOf(wanted: string, name: string, bound: number): number {
  if (isPart(wanted, name) || isPart(name, wanted)) return 1;
  if (Math.abs(wanted.length - name.length) > bound) return bound + 1;
  return editDistance(wanted, name);
}

function isPart(part: string, whole: string): boolean {
  return part.length >= 3 && whole.includes(part);
}
