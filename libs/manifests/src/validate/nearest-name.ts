import { editDistance } from '@portolan/model';

/** The known name that a typing error most likely stands for; null when none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const reach = Math.max(1, Math.floor(name.length / 3));
  let best: string | null = null;
  let bestDistance = reach + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > reach) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}
