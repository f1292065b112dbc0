import { isAscii, isUtf8 } from 'node:buffer';
import type { InputOutcome, ProblemCode } from '@portolan/model';
import { readJson } from '../json/json-reader.js';
import { readYaml } from '../yaml/reference-reader.js';
import { type ReadDocument, type ReadLimits, type ReadResult } from './read-result.js';
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
    failures: failures.map((failure) => {
      const at = { firstLine: failure.line, lastLine: failure.line };
      const template = templateLine(text, line);
      if (template !== null) {
        const message = 'not valid YAML, and contains {{: a template that was not rendered';
        return {
          code: 'TEMPLATE',
          outcome: 'SKIPPED_TEMPLATE',
          message,
          firstLine: template,
          lastLine: template,
        };
      }
      const outcome = failure.code === 'SYNTAX' ? 'INVALID_SYNTAX' : 'TOO_LARGE';
      return { code: failure.code, outcome, message: failure.message, ...at };
    }),
  };
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
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

const JSON_START = /^\s*(?:\{\s*["}]|\[)/;

function readText(text: string, line: number, limits: ReadLimits): ReadResult {
  // A flow mapping of YAML may begin like JSON; most often it is JSON.
  if (JSON_START.test(text)) {
    const json = readJson(text, line, limits);
    if (json.failures.length === 0) return json;
    const yaml = readYaml(text, line, limits);
    return yaml.failures.length === 0 ? yaml : json;
  }
  return readYaml(text, line, limits);
}

/** The line of the first `{{`. */
function templateLine(text: string, firstLine: number): number | null {
  const at = text.indexOf('{{');
  if (at < 0) return null;
  let line = firstLine;
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
