import { type Paint, PLAIN, SEVERITY_COLOURS } from '../text/paint.js';
import { plainText } from '../text/plain-text.js';
import {
  causeText,
  counterexampleText,
  endsText,
  invariantNotes,
  moreText,
  notableInvariants,
  openingRows,
  placeText,
  reviewedStatus,
  STATUS_WORDS,
  rowTraffic,
  verdictText,
} from './report-text.js';
import type { AccessRow, Cause, ReviewReport } from './review-report.js';

/** A report for a terminal. `paint` colours it. */
export function writeReviewText(report: ReviewReport, paint: Paint = PLAIN): string {
  const { verdict, summary, closed, base, head, engineVersion } = report;
  const colour = ({ PASSED: 'green', WARNED: 'yellow', FAILED: 'red' } as const)[verdict];
  return [
    `${paint(colour, plainText(verdictText(report)))}. ${plainText(summary)}`,
    ...gateLines(report),
    ...section(
      'Opened',
      openingRows(report).flatMap((row) => rowLines(row, '+', paint)),
      paint,
    ),
    ...section('Newly unprotected', unprotectedLines(report, paint), paint),
    ...section('Invariants', invariantLines(report, paint), paint),
    ...section('New findings', findingLines(report), paint),
    ...section(
      'Closed',
      closed.flatMap((row) => rowLines(row, '-', paint)),
      paint,
    ),
    ...section('Exceptions', exceptionLines(report), paint),
    ...section('What this could not see', blindLines(report), paint),
    '',
    paint(
      'dim',
      plainText(
        `${base.name} ${base.digest.slice(0, 12)} → ${head.name} ${head.digest.slice(0, 12)}, engine ${engineVersion}`,
      ),
    ),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ['', paint('bold', title), ...lines];
}

function gateLines({ gates }: ReviewReport): string[] {
  return gates.flatMap(({ gate, status, violations }) =>
    status === 'HELD'
      ? []
      : violations.map(({ text, place }) => {
          const where = place === null ? '' : ` (${placeText(place)})`;
          return plainText(
            `  ${status === 'FAILED' ? 'failed' : 'warning'} ${gate}: ${text}${where}`,
          );
        }),
  );
}

function rowLines(row: AccessRow, sign: string, paint: Paint): string[] {
  const severity =
    row.kind === 'CLOSED' ? '' : ` ${paint(SEVERITY_COLOURS[row.severity], row.severity)}`;
  const why = row.reasons.length === 0 ? '' : ` ${row.reasons.map(({ text }) => text).join(', ')}`;
  const excepted = row.exceptions.map(
    ({ id, covers }) => ` [excepted${covers === 'ALL' ? '' : ' in part'}: ${id}]`,
  );
  return [
    `  ${sign} ${plainText(`${endsText(row)}: ${rowTraffic(row)}`)}${severity}${plainText(why + excepted.join(''))}`,
    ...causeLines(row.causes, paint),
  ];
}

function causeLines(causes: readonly Cause[], paint: Paint): string[] {
  return causes.map((cause) => {
    const { place } = cause;
    const where =
      place === null ? '' : ` ${place.side === 'BASE' ? 'was at ' : ''}${placeText(place)}`;
    return paint('dim', plainText(`      ${causeText(cause)}${where}`));
  });
}

function unprotectedLines({ newlyUnprotected }: ReviewReport, paint: Paint): string[] {
  return newlyUnprotected.flatMap(({ workload, directions, causes }) => [
    plainText(`  ! ${workload}: ${directions.join(' and ').toLowerCase()}`),
    ...causeLines(causes, paint),
  ]);
}

function invariantLines(report: ReviewReport, paint: Paint): string[] {
  const notable = notableInvariants(report);
  const holding = report.invariants.length - notable.length;
  return [
    ...notable.flatMap((invariant) => {
      const { name, severity, status, assertion, description, place, counterexamples } = invariant;
      const notes = invariantNotes(invariant);
      const isBad = status === 'BROKEN' || status === 'UNDECIDED';
      const more = moreText(invariant);
      const why = description === '' ? [] : [`      ${description}`];
      return [
        `  ${isBad ? '!' : ' '} ${plainText(`${name} ${STATUS_WORDS[status]}`)} ${isBad ? paint(SEVERITY_COLOURS[severity], severity) : severity}${plainText(notes.length === 0 ? '' : ` [${notes.join('; ')}]`)}`,
        plainText(`      ${assertion} (${placeText(place)})`),
        ...why.map(plainText),
        ...counterexamples.flatMap((one) => [
          plainText(`      - ${counterexampleText(one)}`),
          ...causeLines(one.causes, paint),
        ]),
        ...(more === '' ? [] : [`      ${more}`]),
      ];
    }),
    ...(holding > 0 ? [`  ${holding} ${notable.length > 0 ? 'others hold' : 'hold'}`] : []),
  ];
}

function findingLines({ newFindings, fixedFindings }: ReviewReport): string[] {
  return [
    ...newFindings.map((found) => {
      const { rule, severity, object, message, place } = found;
      const where = place === null ? '' : ` ${placeText(place)}`;
      const status = reviewedStatus(found);
      return plainText(
        `  ! ${rule} ${severity} ${object}${where}: ${message}${status === '' ? '' : ` [${status}]`}`,
      );
    }),
    ...(fixedFindings > 0 ? [`  ${fixedFindings} that the base had are gone`] : []),
  ];
}

function exceptionLines({ exceptions }: ReviewReport): string[] {
  return exceptions.map(({ id, status, reason, expires, place }) =>
    plainText(
      `  ${id}: ${status.toLowerCase()} – ${reason} (until ${expires}, ${placeText(place)})`,
    ),
  );
}

function blindLines({ caveats, skipped, skippedOmitted }: ReviewReport): string[] {
  return [
    ...caveats.map(({ code, message }) => plainText(`  ${code}: ${message}`)),
    ...skipped.map(({ code, place, object, message, isNew }) =>
      plainText(
        `  ${isNew ? 'new ' : ''}${code} ${placeText(place)}${object === null ? '' : ` ${object}`}: ${message}`,
      ),
    ),
    ...(skippedOmitted > 0 ? [`  and ${skippedOmitted} more that were left out`] : []),
  ];
}
