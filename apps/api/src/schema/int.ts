const MAX_INT = 2 ** 31 - 1;

/** A count as GraphQL's Int, which ends at 2^31 - 1: what is more stays there. */
export function toInt(count: number): number {
  return Math.min(count, MAX_INT);
}
