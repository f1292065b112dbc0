import { textScalar } from './text-scalar.js';

export const UriScalar = textScalar('URI', 'An RFC 3986 URI or relative reference.');
