const MAX_INT = 2 ** 31 - 1;

/** For descriptions of counts that can be larger. */
export const CAPPED = 'Stays at 2147483647 when there are more.';

/** A count as GraphQL's Int, which ends at 2^31 - 1: what is more stays there. */
export function toInt(count: number): number {
  return Math.min(count, MAX_INT);
}
