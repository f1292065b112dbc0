import { formatTraffic } from '@portolan/model';
import { csvLine } from '../text/csv-line.js';
import { causeText, openingRows, placeText } from './report-text.js';
import type { AccessRow, ReviewReport } from './review-report.js';

const COLUMNS = [
  'change',
  'severity',
  'source',
  'destination',
  'pairs',
  'opened',
  'closed',
  'reasons',
  'causes',
  'places',
  'exceptions',
];

/** RFC 4180: a header, then one line for each row. Lists share a cell, with `; ` between. */
export function writeReviewCsv(report: ReviewReport): string {
  const rows = [...openingRows(report), ...report.closed];
  return [COLUMNS, ...rows.map(rowCells)].map(csvLine).join('');
}

function rowCells({ kind, severity, source, destination, pairs, ...row }: AccessRow): string[] {
  return [
    kind,
    severity,
    source.text,
    destination.text,
    String(pairs),
    row.opened.length === 0 ? '' : formatTraffic(row.opened),
    row.closed.length === 0 ? '' : formatTraffic(row.closed),
    row.reasons.map(({ code }) => code).join('; '),
    row.causes.map(causeText).join('; '),
    row.causes.flatMap(({ place }) => (place === null ? [] : [placeText(place)])).join('; '),
    row.exceptions.map(({ id, covers }) => `${id} (${covers})`).join('; '),
  ];
}
