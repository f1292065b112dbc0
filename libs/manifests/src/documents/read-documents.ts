import { isAscii, isUtf8 } from 'node:buffer';
import type { InputOutcome, ProblemCode } from '@portolan/model';
import { readJson } from '../json/json-reader.js';
import { readYamlFast } from '../yaml/fast-reader.js';
import { readYaml } from '../yaml/reference-reader.js';
import { lookAtText } from './look-at-text.js';
import type { ReadDocument, ReadFailure, ReadLimits } from './read-result.js';

/** What came of a piece of text. */
export type TextPart =
  | { readonly kind: 'document'; readonly document: ReadDocument }
  | { readonly kind: 'failure'; readonly failure: TextFailure };

/** Text that could not be read. `message` holds nothing of the text. */
export interface TextFailure {
  readonly code: ProblemCode;
  readonly outcome: InputOutcome;
  readonly message: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** The bytes of a text, and the line that it begins on. */
export interface RawText {
  readonly bytes: Buffer;
  readonly firstLine: number;
  /** Whether it is nothing but printable ASCII, tabs and newlines; looked for unless given. */
  readonly isPlain?: boolean;
}

/** Reads text as JSON or YAML, as its bytes say, one document at a time. */
export function* readDocuments(raw: RawText, limits: ReadLimits): Generator<TextPart> {
  const line = raw.firstLine;
  // A file may be nothing but markers.
  if (isOnlyMarker(raw.bytes)) return;
  const isPlain = raw.isPlain ?? lookAtText(raw.bytes).isPlain;
  const text = isPlain ? raw.bytes.toString('latin1') : decoded(raw.bytes);
  if (text === null) {
    yield notUtf8(line);
    return;
  }
  const isClosed = raw.bytes[raw.bytes.length - 1] === NEWLINE;
  const plainBytes = isPlain && isClosed ? raw.bytes : null;
  const failures = new FailureSorter();
  for (const part of readText(text, plainBytes, line, limits)) {
    if ('root' in part) {
      if (part.root.value !== null) yield { kind: 'document', document: part };
    } else {
      yield* failures.sort(part, text, line);
    }
  }
}

/** Text that is not valid because it is a template is one, and what is wrong behind it is no news. */
export class FailureSorter {
  /** Line of the mark of a template. */
  #mark: number | null | undefined;

  /** What is to be said of a failure in a text that begins on a line. */
  *sort({ code, message, line }: ReadFailure, text: string, firstLine: number): Generator<Failed> {
    if (code === 'TOO_LARGE') {
      yield tooLarge(message, line);
    } else if (this.#mark === undefined) {
      this.#mark = templateLine(text, firstLine);
      yield this.#mark === null ? syntaxFailure(message, line) : template(this.#mark);
    } else if (this.#mark === null) {
      yield syntaxFailure(message, line);
    }
  }
}

/** What is said of text that could not be read. */
export type Failed = Extract<TextPart, { kind: 'failure' }>;

export function notUtf8(line: number): Failed {
  return failed('NOT_UTF8', 'INVALID_SYNTAX', 'not UTF-8', line);
}

export function tooLarge(message: string, line: number): Failed {
  return failed('TOO_LARGE', 'TOO_LARGE', message, line);
}

function syntaxFailure(message: string, line: number): Failed {
  return failed('SYNTAX', 'INVALID_SYNTAX', message, line);
}

function template(line: number): Failed {
  const message = 'not valid, and contains {{: a template that was not rendered';
  return failed('TEMPLATE', 'SKIPPED_TEMPLATE', message, line);
}

function failed(code: ProblemCode, outcome: InputOutcome, message: string, line: number): Failed {
  return { kind: 'failure', failure: { code, outcome, message, firstLine: line, lastLine: line } };
}

const NEWLINE = 0x0a;
const MARKER_LINE = /^(?:---|\.\.\.)?[ \t\r\n]*$/;
/** What is longer is looked at as text. */
const LONGEST_MARKER_LINE = 32;

function isOnlyMarker(bytes: Buffer): boolean {
  return bytes.length <= LONGEST_MARKER_LINE && MARKER_LINE.test(bytes.toString('latin1'));
}

/** The text with plain line ends; null when the bytes are not UTF-8. */
export function decoded(bytes: Buffer): string | null {
  const text = utf8Text(bytes);
  return text?.includes('\r') === true ? text.replaceAll('\r\n', '\n') : text;
}

/** Null when the bytes are not UTF-8. */
export function utf8Text(bytes: Buffer): string | null {
  return isUtf8(bytes) ? bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8') : null;
}

const JSON_START = /^\s*(?:\{\s*["}]|\[)/;

/** Whether a text begins like JSON. */
export function isJson(text: string): boolean {
  return JSON_START.test(text);
}

function* readText(
  text: string,
  plainBytes: Uint8Array | null,
  line: number,
  limits: ReadLimits,
): Generator<ReadDocument | ReadFailure> {
  if (isJson(text)) {
    yield* readJsonOrFlow(text, line, limits);
    return;
  }
  const { documents, failures } =
    readYamlFast(text, line, limits, { onlyWanted: true, plainBytes }) ??
    readYaml(text, line, limits);
  yield* documents;
  yield* failures;
}

/** A flow mapping of YAML may begin like JSON; most often it is JSON. */
function* readJsonOrFlow(
  text: string,
  line: number,
  limits: ReadLimits,
): Generator<ReadDocument | ReadFailure> {
  let isFirst = true;
  for (const part of readJson(text, line, limits)) {
    if (isFirst && 'code' in part && part.code === 'SYNTAX') {
      const yaml = readYaml(text, line, limits);
      if (yaml.failures.length === 0) {
        yield* yaml.documents;
        return;
      }
    }
    isFirst = false;
    yield part;
  }
}

/** The line of the first `{{`. */
function templateLine(text: string, firstLine: number): number | null {
  const at = text.indexOf('{{');
  if (at < 0) return null;
  let line = firstLine;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
