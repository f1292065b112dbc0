/** Thrown when text is not of the form that is read here, or may not be: the reference reader then decides. */
export const STEP_ASIDE = Symbol('step aside');

/** Leaves the document to the reference reader. */
export function stepAside(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- it is no error, and needs no stack
  throw STEP_ASIDE;
}

/** Codes of the characters that mean something. */
export const CHAR = {
  tab: 0x09,
  newline: 0x0a,
  space: 0x20,
  doubleQuote: 0x22,
  hash: 0x23,
  quote: 0x27,
  dash: 0x2d,
  dot: 0x2e,
  colon: 0x3a,
  question: 0x3f,
  backslash: 0x5c,
  bar: 0x7c,
  greater: 0x3e,
} as const;

/** Characters that begin no plain scalar. */
export const INDICATORS: ReadonlySet<number> = codesOf(',[]{}#&*!|>\'"%@`');
/** `\` followed by one of these is one character; \x, \u and \U have digits as well. */
export const SIMPLE_ESCAPES: ReadonlySet<number> = codesOf('0abtnvfre "/\\N_LP\t');
/** How many digits the escapes of a double-quoted text have. */
export const HEX_DIGITS: ReadonlyMap<number, number> = new Map([
  [0x78, 2],
  [0x75, 4],
  [0x55, 8],
]);

function codesOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}
