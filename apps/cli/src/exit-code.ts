/** What the process ends with. */
export const EXIT = {
  /** Ran, and every gate held; there may be differences. */
  HELD: 0,
  /** Ran, and a gate failed. */
  FAILED: 1,
  /** Could not decide: wrong usage, input that cannot be read, nothing to analyse. */
  UNDECIDED: 2,
} as const;
