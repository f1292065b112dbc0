import { textScalar } from './text-scalar.js';

/** The bytes of base64 text, with or without padding and line breaks; null when it is something else. */
export function decodeBase64(text: string): Buffer | null {
  const compact = text.replace(/\s+/g, '');
  const [, digits = null] = /^([A-Za-z0-9+/]*)={0,2}$/.exec(compact) ?? [];
  // A single left-over digit has fewer than eight bits.
  if (digits === null || digits.length % 4 === 1) return null;
  return Buffer.from(digits, 'base64');
}

/** Decoded by `decodeBase64`. */
export const Base64Scalar = textScalar('Base64String', 'Base64 (RFC 4648).');
