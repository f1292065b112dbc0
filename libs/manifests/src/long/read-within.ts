import { type Failed, notUtf8, utf8Text } from '../documents/read-documents.js';
import type { ReadDocument, ReadFailure, ReadLimits } from '../documents/read-result.js';
import { readJson } from '../json/json-reader.js';
import { CHAR } from '../json/json-scanner.js';

/** That text is no JSON. */
export interface Broken {
  readonly kind: 'broken';
  readonly failure: ReadFailure;
  /** Where the reader stopped, in bytes. */
  readonly at: number;
  /** Whether it may be valid when more follows. */
  readonly isCutOff: boolean;
}

/** Reads the JSON value that a text is when `before` stands in front of it, and `behind` behind it. Line breaks are in the text only. */
export function readWithin(
  { bytes, firstLine }: { readonly bytes: Buffer; readonly firstLine: number },
  before: string,
  behind: string,
  limits: ReadLimits,
): ReadDocument | Broken | Failed {
  const text = utf8Text(bytes);
  if (text === null) return notUtf8(firstLine);
  const all = `${before}${text}${behind}`;
  const [part] = readJson(all, firstLine, limits);
  if (part !== undefined && 'root' in part) return part;
  const { code, message, line, at } = part ?? NOTHING;
  const stop = Math.min(Math.max(0, at - before.length), text.length);
  const isCutOff = isCutOffAt(all, at);
  return { kind: 'broken', failure: { code, message, line }, at: byteOffset(text, stop), isCutOff };
}

const NOTHING = { code: 'SYNTAX', message: 'expected a value', line: 1, at: 0 } as const;

/** Where a character of a text stands in its bytes. */
export function byteOffset(text: string, at: number): number {
  return Buffer.byteLength(text.slice(0, at));
}

const LONGEST_WORD = 64;

/** Whether nothing but the beginning of a word, a number or a string follows. */
export function isCutOffAt(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== CHAR.quote)
    return text.length - at < LONGEST_WORD && /^[-+.\w]*$/.test(text.slice(at));
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === CHAR.quote || code < CHAR.space) return false;
    if (code === CHAR.backslash) i++;
  }
  return true;
}
