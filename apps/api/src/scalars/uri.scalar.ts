import { textScalar } from './text-scalar.js';

export const UriScalar = textScalar('URI', 'An absolute RFC 3986 URI.');
