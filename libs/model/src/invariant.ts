/**
 * Fails on a bug of ours. User mistakes are never reported this way: they are Problems or user errors.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant violated: ${message}`);
}

/** Ends a switch over a closed union; a new member then fails to compile. */
export function assertUnreachable(value: never): never {
  throw new Error(`Invariant violated: unexpected ${JSON.stringify(value)}`);
}
