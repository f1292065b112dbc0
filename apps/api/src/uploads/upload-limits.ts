import { JOB_PROBLEM_LIMIT, TEXT_LIMITS } from '@portolan/store';

/** Longest path of a file: what locations can say of it. */
export const MAX_PATH_LENGTH = TEXT_LIMITS.path;

/** How long an upload waits for its snapshot when nothing is said, in seconds. */
export const DEFAULT_WAIT_SECONDS = 10;
/** How long an upload may wait for its snapshot, in seconds. */
export const MAX_WAIT_SECONDS = 60;

/** Problems that one answer lists: as many as are kept with a job, so that a retry gets the same answer. */
export const MAX_PROBLEMS = JOB_PROBLEM_LIMIT;
