import { isAscii, isUtf8 } from 'node:buffer';
import type { InputOutcome, ProblemCode } from '@portolan/model';
import { readJson } from '../json/json-reader.js';
import { readYamlFast } from '../yaml/fast-reader.js';
import { readYaml } from '../yaml/reference-reader.js';
import type { ReadDocument, ReadFailure, ReadLimits, ReadResult } from './read-result.js';
import type { RawDocument } from './split-documents.js';

/** What came of the text between two document markers. */
export interface TextReading {
  readonly documents: readonly ReadDocument[];
  readonly failures: readonly TextFailure[];
}

/** Text that could not be read. `message` holds nothing of the text. */
export interface TextFailure {
  readonly code: ProblemCode;
  readonly outcome: InputOutcome;
  readonly message: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Reads text as JSON or YAML, as its bytes say. */
export function readDocuments(raw: RawDocument, limits: ReadLimits): TextReading {
  const line = raw.firstLine;
  if (raw.isTooLarge) {
    return failed('TOO_LARGE', 'TOO_LARGE', 'the document is larger than the limit', line);
  }
  const text = decoded(raw.bytes);
  if (text === null) return failed('NOT_UTF8', 'INVALID_SYNTAX', 'not UTF-8', line);
  const { documents, failures } = readText(text, line, limits);
  return {
    documents: documents.filter(({ root }) => root.value !== null),
    failures: asTemplate(failures, text, line) ?? failures.map(textFailure),
  };
}

function textFailure({ code, message, line }: ReadFailure): TextFailure {
  const outcome = code === 'SYNTAX' ? 'INVALID_SYNTAX' : 'TOO_LARGE';
  return { code, outcome, message, firstLine: line, lastLine: line };
}

/** Text that is not valid because it is a template is one; null when it is none. */
function asTemplate(
  failures: readonly ReadFailure[],
  text: string,
  firstLine: number,
): TextFailure[] | null {
  const isInvalid = failures.some(({ code }) => code === 'SYNTAX');
  const line = isInvalid ? templateLine(text, firstLine) : null;
  if (line === null) return null;
  const message = 'not valid, and contains {{: a template that was not rendered';
  return [
    { code: 'TEMPLATE', outcome: 'SKIPPED_TEMPLATE', message, firstLine: line, lastLine: line },
  ];
}

function failed(
  code: ProblemCode,
  outcome: InputOutcome,
  message: string,
  line: number,
): TextReading {
  const failure = { code, outcome, message, firstLine: line, lastLine: line };
  return { documents: [], failures: [failure] };
}

/** Null when the bytes are not UTF-8. */
function decoded(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null;
  const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

const JSON_START = /^\s*(?:\{\s*["}]|\[)/;

function readText(text: string, line: number, limits: ReadLimits): ReadResult {
  // A flow mapping of YAML may begin like JSON; most often it is JSON.
  if (JSON_START.test(text)) {
    const json = readJson(text, line, limits);
    if (json.failures.length === 0 || json.documents.length > 0) return json;
    const yaml = readYaml(text, line, limits);
    return yaml.failures.length === 0 ? yaml : json;
  }
  const fast = readYamlFast(text, line, limits, { onlyWanted: true });
  return fast === null ? readYaml(text, line, limits) : { documents: [fast], failures: [] };
}

/** The line of the first `{{`. */
function templateLine(text: string, firstLine: number): number | null {
  const at = text.indexOf('{{');
  if (at < 0) return null;
  let line = firstLine;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
