/** CIDRs that one setting may have. */
export const MAX_CIDRS = 256;

/** Selectors that one setting may have. */
export const MAX_SELECTORS = 32;

/** Keys of labels that one setting may have. */
export const MAX_LABEL_KEYS = 256;
