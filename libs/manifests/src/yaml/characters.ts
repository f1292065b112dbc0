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

/** Stands for this character and all that come after it: YAML has no rules for them. */
const BEYOND = 0xff;

/** Characters that begin no plain scalar. */
export const INDICATORS = tableOf(',[]{}#&*!|>\'"%@`');
/** Characters at which plain text may end, or is none. */
export const PLAIN_STOPS = tableOf(':# \t\n');
/** Characters that a key may begin with that is nothing but what is written, unless it is a word for something else. */
export const KEY_STARTS = tableOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/$');
/** `\` followed by one of these is one character; \x, \u and \U have digits as well. */
export const SIMPLE_ESCAPES = tableOf('0abtnvfre "/\\N_LP\t');
/** How many digits the escapes of a double-quoted text have. */
export const HEX_DIGITS: ReadonlyMap<number, number> = new Map([
  [0x78, 2],
  [0x75, 4],
  [0x55, 8],
]);

/** For each code 1 if it is that of one of the characters, or 0. */
function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(BEYOND + 1);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/**
 * The codes of a text's characters, which can be looked at faster than the text. A newline follows where the text has none
 * at its end, so nobody has to look for the end.
 */
export function codesOf(text: string): Uint8Array {
  const { length } = text;
  const isClosed = text.charCodeAt(length - 1) === CHAR.newline;
  const codes = Buffer.allocUnsafe(isClosed ? length : length + 1);
  for (let i = 0; i < length; i++) codes[i] = Math.min(text.charCodeAt(i), BEYOND);
  if (!isClosed) codes[length] = CHAR.newline;
  return codes;
}
