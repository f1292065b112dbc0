import type { Paint } from '@portolan/report';

const CODES = { red: 31, yellow: 33, green: 32, dim: 2, bold: 1 } as const;

/** Colours by escape sequences of ECMA-48. */
export const paint: Paint = (colour, text) =>
  text === '' ? text : `\u001B[${CODES[colour]}m${text}\u001B[0m`;
