/** CIDRs that one setting may have. */
export const MAX_CIDRS = 256;

/** Selectors that one setting may have. */
export const MAX_SELECTORS = 32;
