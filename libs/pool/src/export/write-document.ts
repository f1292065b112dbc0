import { assertUnreachable } from '@portolan/model';
import type { ExportRequest, ExportRow } from '../messages.js';
import { writeCsv } from './csv.js';
import { writeDot } from './dot.js';
import { type DocumentHead, writeJson } from './json.js';

/** The document of an export, in pieces of text. Equal rows and requests give equal documents. */
export function writeDocument(
  rows: Iterable<ExportRow>,
  { format, groupBy, about = {}, caveats = [] }: ExportRequest,
  { engineVersion }: Pick<DocumentHead, 'engineVersion'>,
): Iterable<string> {
  switch (format) {
    case 'json':
      return writeJson(rows, { engineVersion, groupBy, about, caveats });
    case 'csv':
      return writeCsv(rows);
    case 'dot':
      return writeDot(rows, caveats);
    default:
      return assertUnreachable(format);
  }
}
