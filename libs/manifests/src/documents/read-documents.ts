import { isUtf8 } from 'node:buffer';
import type { InputOutcome, ProblemCode } from '@portolan/model';
import { readJson } from '../json/json-reader.js';
import { readYamlFast } from '../yaml/fast-reader.js';
import { readYaml } from '../yaml/reference-reader.js';
import type { ReadDocument, ReadFailure, ReadLimits } from './read-result.js';
import type { RawDocument } from './split-documents.js';

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

/** Reads text as JSON or YAML, as its bytes say, one document at a time. */
export function* readDocuments(raw: RawDocument, limits: ReadLimits): Generator<TextPart> {
  const line = raw.firstLine;
  if (raw.isTooLarge) {
    const message = 'the document is larger than the limit';
    yield failed('TOO_LARGE', 'TOO_LARGE', message, line);
    return;
  }
  // A file may be nothing but markers.
  if (isOnlyMarker(raw.bytes)) return;
  const text = decoded(raw);
  if (text === null) {
    yield failed('NOT_UTF8', 'INVALID_SYNTAX', 'not UTF-8', line);
    return;
  }
  let mark: number | null | undefined;
  const isClosed = raw.bytes[raw.bytes.length - 1] === NEWLINE;
  const plainBytes = raw.isPlain && isClosed ? raw.bytes : null;
  for (const part of readText(text, plainBytes, line, limits)) {
    if ('root' in part) {
      if (part.root.value !== null) yield { kind: 'document', document: part };
    } else if (part.code === 'TOO_LARGE') {
      yield failed('TOO_LARGE', 'TOO_LARGE', part.message, part.line);
    } else if (mark === undefined) {
      // Text that is not valid because it is a template is one, and what is wrong behind it is no news.
      mark = templateLine(text, line);
      yield mark === null ? syntaxFailure(part) : template(mark);
    } else if (mark === null) {
      yield syntaxFailure(part);
    }
  }
}

function syntaxFailure({ message, line }: ReadFailure): TextPart {
  return failed('SYNTAX', 'INVALID_SYNTAX', message, line);
}

function template(line: number): TextPart {
  const message = 'not valid, and contains {{: a template that was not rendered';
  return failed('TEMPLATE', 'SKIPPED_TEMPLATE', message, line);
}

function failed(code: ProblemCode, outcome: InputOutcome, message: string, line: number): TextPart {
  return { kind: 'failure', failure: { code, outcome, message, firstLine: line, lastLine: line } };
}

const NEWLINE = 0x0a;
const MARKER_LINE = /^(?:---|\.\.\.)?[ \t\r\n]*$/;
/** What is longer is looked at as text. */
const LONGEST_MARKER_LINE = 32;

function isOnlyMarker(bytes: Buffer): boolean {
  return bytes.length <= LONGEST_MARKER_LINE && MARKER_LINE.test(bytes.toString('latin1'));
}

/** Null when the bytes are not UTF-8. */
function decoded({ bytes, isPlain }: RawDocument): string | null {
  if (isPlain) return bytes.toString('latin1');
  if (!isUtf8(bytes)) return null;
  const text = bytes.toString('utf8');
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

const JSON_START = /^\s*(?:\{\s*["}]|\[)/;

function* readText(
  text: string,
  plainBytes: Uint8Array | null,
  line: number,
  limits: ReadLimits,
): Generator<ReadDocument | ReadFailure> {
  if (JSON_START.test(text)) {
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
