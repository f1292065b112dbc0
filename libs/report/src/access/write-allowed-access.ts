import { assertUnreachable } from '@portolan/model';
import type { AllowedAccessRow } from './allowed-access-row.js';
import { writeCsv } from './csv.js';
import { writeDot } from './dot.js';
import { type DocumentHead, writeJson } from './json.js';
import { writeText } from './text.js';

/** Formats of a list of all allowed access. */
export const ACCESS_FORMATS = ['text', 'json', 'csv', 'dot'] as const;
/** A format of ACCESS_FORMATS. */
export type AccessFormat = (typeof ACCESS_FORMATS)[number];

/** The document of all allowed access, in pieces of text. Equal rows and heads give equal documents. */
export function writeAllowedAccess(
  rows: Iterable<AllowedAccessRow>,
  format: AccessFormat,
  head: DocumentHead,
): Iterable<string> {
  switch (format) {
    case 'json':
      return writeJson(rows, head);
    case 'csv':
      return writeCsv(rows);
    case 'dot':
      return writeDot(rows, head.caveats);
    case 'text':
      return writeText(rows, head.caveats, head.nameOf);
    default:
      return assertUnreachable(format);
  }
}
