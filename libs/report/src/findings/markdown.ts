import { cells, MarkdownBody } from '../review/markdown-body.js';
import { MARKDOWN_MAX_LENGTH } from '../review/markdown.js';
import { placeText } from '../review/report-text.js';
import { markdownCode, markdownText } from '../text/markdown-text.js';
import { checkVerdict, expiredLines, othersText, statusText } from './finding-text.js';
import type { FindingRow, FindingsReport } from './findings-report.js';

const HEAD = ['Severity', 'Rule', 'Object', 'What', 'Where'];
/** Characters of a text that a cell shows. */
const SHOWN = 300;
/** What stands around the rows may take half of the room. */
const SHOWN_CAVEATS = 20;

/** A summary for a page or a comment, of at most `maxLength` characters: rows are left out, and a line says so. */
export function writeFindingsMarkdown(
  report: FindingsReport,
  maxLength = MARKDOWN_MAX_LENGTH,
): string {
  const { verdict, findings, caveats, input, engineVersion } = report;
  const head = `${verdict === 'FAILED' ? '❌' : '✅'} **${markdownText(checkVerdict(report))}**\n`;
  const digest = input.digest.slice(0, 12);
  const tail = [
    '',
    '### What this could not see',
    '',
    ...(caveats.length === 0 ? ['Nothing was left out.'] : []),
    ...caveats.slice(0, SHOWN_CAVEATS).map(({ code, message }) => `- ${code}: ${cut(message)}`),
    '',
    `<sub>${cut(input.name)} · ${digest} · engine ${markdownText(engineVersion)}</sub>`,
    '',
  ].join('\n');
  const body = new MarkdownBody(maxLength - head.length - tail.length);
  const open = findings.filter(({ status }) => status === 'OPEN');
  const silent = findings.filter(({ status }) => status !== 'OPEN');
  body.table('Findings', false, open.map(rowLine), HEAD);
  body.list(
    'Expired',
    false,
    expiredLines(report).map((line) => `- ${cut(line)}`),
  );
  body.list('Counted for nothing', true, silent.map(silentLine));
  return `${head}${body.text()}${tail}`;
}

function rowLine(row: FindingRow): string {
  const { severity, rule, name, object, path, message, place, fix } = row;
  const others = othersText(row);
  const what = [
    message,
    ...(fix === null ? [] : [`Fix: ${fix.text}`]),
    ...(others === null ? [] : [others]),
  ];
  return cells([
    `**${severity}**`,
    markdownText(`${rule} ${name}`),
    cut(`${object}${path === null ? '' : ` ${path}`}`),
    what.map(cut).join('<br>'),
    place === null ? '' : markdownCode(placeText(place)),
  ]);
}

function silentLine(row: FindingRow): string {
  return `- ${markdownText(row.rule)} ${cut(row.object)}: ${cut(statusText(row))}`;
}

function cut(text: string): string {
  return markdownText(text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`);
}
