import { SEVERITIES } from '@portolan/model';
import { placeText } from '../review/report-text.js';
import { type Paint, PLAIN, SEVERITY_COLOURS } from '../text/paint.js';
import { plainText } from '../text/plain-text.js';
import { checkVerdict, expiredLines, othersText, statusText } from './finding-text.js';
import type { FindingRow, FindingsReport } from './findings-report.js';

/** A report for a terminal, by severity. `paint` colours it. */
export function writeFindingsText(report: FindingsReport, paint: Paint = PLAIN): string {
  const { findings, input, engineVersion, completeness, caveats, unlisted, verdict } = report;
  const open = findings.filter(({ status }) => status === 'OPEN');
  const silent = findings.filter(({ status }) => status !== 'OPEN');
  const size = completeness === 'COMPLETE' ? 'the whole cluster' : 'a part of a cluster';
  return [
    `${paint(verdict === 'FAILED' ? 'red' : 'green', plainText(checkVerdict(report)))}.`,
    ...SEVERITIES.flatMap((severity) =>
      section(
        severity,
        open.filter((row) => row.severity === severity).flatMap((row) => rowLines(row, paint)),
        (title) => paint(SEVERITY_COLOURS[severity], title),
      ),
    ),
    ...section('Counted for nothing', silent.map(silentLine), (title) => paint('bold', title)),
    ...section('Expired', expiredLines(report).map(indented), (title) => paint('bold', title)),
    ...(unlisted > 0 ? ['', `${unlisted} less grave: see --min-severity.`] : []),
    ...section('What this could not see', caveats.map(caveatLine), (title) => paint('bold', title)),
    '',
    paint(
      'dim',
      plainText(`${input.name} ${input.digest.slice(0, 12)}, ${size}, engine ${engineVersion}`),
    ),
    '',
  ].join('\n');
}

function section(
  title: string,
  lines: readonly string[],
  paintTitle: (title: string) => string,
): string[] {
  return lines.length === 0 ? [] : ['', paintTitle(title), ...lines];
}

function rowLines(row: FindingRow, paint: Paint): string[] {
  const { rule, name, object, path, place, message, confidence, fix } = row;
  const where = place === null ? '' : ` at ${placeText(place)}`;
  const sure = confidence === 'CERTAIN' ? '' : ` (${confidence.toLowerCase()})`;
  const others = othersText(row);
  return [
    `  ${paint('bold', rule)} ${plainText(`${name}: ${object}${path === null ? '' : ` ${path}`}${where}`)}`,
    plainText(`      ${message}${sure}`),
    ...(fix === null ? [] : [plainText(`      Fix: ${fix.text}`)]),
    ...(others === null ? [] : [paint('dim', plainText(`      ${others}`))]),
  ];
}

function silentLine(row: FindingRow): string {
  return plainText(`  ${row.rule} ${row.object}: ${statusText(row)}`);
}

function indented(line: string): string {
  return plainText(`  ${line}`);
}

function caveatLine({ code, message }: FindingsReport['caveats'][number]): string {
  return plainText(`  ${code}: ${message}`);
}
