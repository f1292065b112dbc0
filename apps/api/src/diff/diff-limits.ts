/** Workloads that `newlyUnprotected` lists; the summary counts all. */
export const MAX_UNPROTECTED = 100;
/** Objects that are named as causes of one change. */
export const MAX_CAUSES = 20;
