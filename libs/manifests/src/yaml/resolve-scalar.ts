/** A scalar of JSON, which is all that Kubernetes reads YAML into. */
export type Scalar = string | number | boolean | null;

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...words(['true', 'True', 'TRUE', 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'], true),
  ...words(['false', 'False', 'FALSE', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'], false),
  ...words(['', '~', 'null', 'Null', 'NULL'], null),
  ...words(['.nan', '.NaN', '.NAN'], NaN),
  ...words(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'], Infinity),
  ...words(['-.inf', '-.Inf', '-.INF'], -Infinity),
]);
/** Length of the longest of the words. */
export const LONGEST_WORD = 5;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Larger integers in another base than ten are text, or decimal where they look like it. */
const UINT64_LIMIT = 2 ** 64;

/**
 * What a plain scalar means to the YAML parser of kubectl and the API server (go-yaml 2): YAML 1.1 words and octal
 * numbers, but no base 60, and timestamps stay text.
 */
export function resolvePlainScalar(text: string): Scalar {
  const first = text.charCodeAt(0);
  if (isDigit(first) || first === PLUS || first === MINUS) return number(text);
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  return first === DOT && FLOAT.test(text) ? Number(text) : text;
}

/** Whether a text that begins with a letter is a word for a boolean, or for nothing. */
export function isWord(text: string): boolean {
  return WORDS.has(text);
}

/** The key that a scalar becomes in JSON; null when it can be none. */
export function jsonKey(scalar: Scalar): string | null {
  return scalar === null ? null : String(scalar);
}

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function number(text: string): Scalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const integer = INTEGER.exec(plain);
  if (integer !== null) {
    const [, sign, hexadecimal, binary, octal, decimal] = integer;
    const size = magnitude(hexadecimal, binary, octal, decimal);
    if (decimal !== undefined || size < UINT64_LIMIT) return sign === '-' ? 0 - size : size;
  }
  return FLOAT.test(plain) ? Number(plain) : text;
}

function magnitude(
  hexadecimal: string | undefined,
  binary: string | undefined,
  octal: string | undefined,
  decimal: string | undefined,
): number {
  if (hexadecimal !== undefined) return parseInt(hexadecimal, 16);
  if (binary !== undefined) return parseInt(binary, 2);
  if (octal !== undefined) return parseInt(octal, 8);
  return Number(decimal);
}

function words(texts: readonly string[], value: Scalar): [string, Scalar][] {
  return texts.map((text) => [text, value]);
}
