/** How long a review is waited for when nothing is said, in seconds. */
export const DEFAULT_REVIEW_WAIT_SECONDS = 25;
/** How long a review may be waited for, in seconds: less than the minute after which proxies give up. */
export const MAX_REVIEW_WAIT_SECONDS = 55;
/** Milliseconds after which to ask again for a review that is not finished. */
export const REVIEW_POLL_MS = 1_000;
/** Annotations of a page when nothing is said: as many as check runs take at once. */
export const ANNOTATIONS_PAGE = 50;
/** Largest `options` of a review by REST, in bytes. */
export const MAX_OPTIONS_BYTES = 1024 * 1024;
/** Objects that one change may delete by name. */
export const MAX_DELETES = 1_000;
/** Exceptions, gates and namespaces of one request. */
export const MAX_LISTED = 1_000;
