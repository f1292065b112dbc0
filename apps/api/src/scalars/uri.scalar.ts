import { textScalar } from './text-scalar.js';

/** Checked where it is stored: only links of the web get there. */
export const UriScalar = textScalar('URI', 'An RFC 3986 URI or relative reference.');
