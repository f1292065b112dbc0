import { markdownCode, markdownText } from '../text/markdown-text.js';
import { causeText, openingRows, placeText, rowTraffic, verdictText } from './report-text.js';
import type { AccessRow, Cause, ReviewReport } from './review-report.js';

/** What a comment of GitHub holds is 65,536 characters; a little is left for whoever puts something around it. */
export const MARKDOWN_MAX_LENGTH = 65_000;
/** A shorter limit has no room for the verdict and for what could not be seen. */
export const MARKDOWN_MIN_LENGTH = 2_000;

/** Causes that a cell shows. */
const SHOWN_CAUSES = 3;
/** Lines of other lists that are shown. */
const SHOWN_LINES = 50;

const SYMBOLS = { PASSED: '✅', WARNED: '⚠️', FAILED: '❌' } as const;

/**
 * A comment for a change request. Its first line is a hidden marker, by which the comment is found and replaced. Longer than
 * `maxLength` characters it never is: rows are left out, and a line says so.
 */
export function writeMarkdown(report: ReviewReport, maxLength = MARKDOWN_MAX_LENGTH): string {
  const head = headOf(report);
  const tail = tailOf(report);
  const body = new Body(maxLength - head.length - tail.length);
  body.table('Opened', false, openingRows(report).map(openedLine), OPENED_HEAD);
  body.list('Newly unprotected', false, unprotectedLines(report));
  body.table('Closed', true, report.closed.map(closedLine), CLOSED_HEAD);
  body.list('Exceptions', true, exceptionLines(report));
  return `${head}${body.text()}${tail}`;
}

function headOf(report: ReviewReport): string {
  const { cluster, path, verdict, summary } = report;
  const marker = `<!-- portolan-review:${inComment(cluster)}:${inComment(path)} -->`;
  const gates = report.gates.flatMap(({ gate, status, violations }) =>
    status === 'HELD'
      ? []
      : violations
          .slice(0, SHOWN_CAUSES)
          .map(({ text, place }) => {
            const where = place === null ? '' : ` (${markdownCode(placeText(place))})`;
            return `- ${gate}: ${shortened(markdownText(text))}${where}`;
          })
          .concat(
            violations.length > SHOWN_CAUSES
              ? [`- ${gate}: and ${violations.length - SHOWN_CAUSES} more`]
              : [],
          ),
  );
  const verdictLine = `${SYMBOLS[verdict]} **${markdownText(verdictText(report))}** – ${markdownText(summary)}`;
  return `${[marker, verdictLine, '', ...gates].join('\n').trimEnd()}\n`;
}

/** Never folded, and never cut off: what was not seen may matter more than what was. */
function tailOf({
  caveats,
  skipped,
  skippedOmitted,
  base,
  head,
  engineVersion,
}: ReviewReport): string {
  const shown = skipped.slice(0, SHOWN_SKIPPED).map(({ code, place, object, message, isNew }) => {
    const what = object === null ? '' : ` ${markdownText(object)}`;
    const text = shortened(markdownText(message));
    return `- ${isNew ? '**new** ' : ''}${code} ${markdownCode(placeText(place))}${what}: ${text}`;
  });
  const more = skipped.length - shown.length + skippedOmitted;
  const lines = [
    ...caveats.map(({ code, message }) => `- ${code}: ${markdownText(message)}`),
    ...shown,
    ...(more > 0 ? [`- and ${more} more that were left out`] : []),
  ];
  const digests = `${base.digest.slice(0, 12)} → ${head.digest.slice(0, 12)}`;
  return [
    '',
    '### What this could not see',
    '',
    ...(lines.length === 0 ? ['Nothing was left out.'] : lines),
    '',
    `<sub>${markdownText(base.name)} → ${markdownText(head.name)} · ${digests} · engine ${markdownText(engineVersion)}</sub>`,
    '',
  ].join('\n');
}

/** Skipped documents that a comment names. */
const SHOWN_SKIPPED = 20;
/** Characters of a message that a comment shows. */
const SHOWN_MESSAGE = 300;

const OPENED_HEAD = ['From', 'To', 'Traffic', 'Severity', 'Caused by'];
const CLOSED_HEAD = ['From', 'To', 'Traffic', 'Caused by'];

function openedLine(row: AccessRow): string {
  const why = row.reasons.map(({ text }) => text).join(', ');
  const excepted = row.exceptions.map(
    ({ id, covers }) => `${covers === 'ALL' ? 'excepted' : 'excepted in part'} by ${id}`,
  );
  const severity = [
    `**${row.severity}**`,
    markdownText([why, ...excepted].filter(Boolean).join('; ')),
  ];
  return cells([
    ...endCells(row),
    markdownText(rowTraffic(row)),
    severity.filter((text) => text !== '').join('<br>'),
    causeCell(row.causes),
  ]);
}

function closedLine(row: AccessRow): string {
  return cells([...endCells(row), markdownText(rowTraffic(row)), causeCell(row.causes)]);
}

function endCells({ source, destination }: AccessRow): string[] {
  return [source, destination].map(({ text }) => shortened(markdownText(text)));
}

function causeCell(causes: readonly Cause[]): string {
  const shown = causes.slice(0, SHOWN_CAUSES).map((cause) => {
    const { place } = cause;
    const where =
      place === null
        ? ''
        : `${place.side === 'BASE' ? ' was at' : ''} ${markdownCode(placeText(place))}`;
    return `${markdownText(causeText(cause))}${where}`;
  });
  const more = causes.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('<br>');
}

function unprotectedLines({ newlyUnprotected }: ReviewReport): string[] {
  return newlyUnprotected.map(({ workload, directions, causes }) => {
    const cause = causes.length === 0 ? '' : ` – ${causeCell(causes)}`;
    return `- ${markdownText(workload)}: ${directions.join(' and ').toLowerCase()}${cause}`;
  });
}

function exceptionLines({ exceptions }: ReviewReport): string[] {
  return exceptions.map(({ id, status, reason, expires, place }) => {
    const words = {
      USED: 'used',
      UNUSED: 'not used',
      EXPIRED: 'expired, silences nothing',
      PROPOSED: 'proposed, silences nothing yet',
    };
    return `- ${markdownText(id)}: ${words[status]} – ${markdownText(reason)} (until ${markdownText(expires)}, ${markdownCode(placeText(place))})`;
  });
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}

/** Two dashes would end the comment. */
function inComment(text: string): string {
  return text.replaceAll(/[^\w./:-]/g, '_').replaceAll(/-{2,}/g, '-');
}

function shortened(text: string): string {
  return text.length <= SHOWN_MESSAGE
    ? text
    : `${text.slice(0, SHOWN_MESSAGE).replace(/&[^;]*$/, '')}…`;
}

/** Sections one after the other, as long as there is room for them. */
class Body {
  #text = '';

  constructor(private readonly room: number) {}

  table(title: string, isFolded: boolean, rows: readonly string[], head: readonly string[]): void {
    this.#section(title, isFolded, rows, [cells(head), cells(head.map(() => '---'))]);
  }

  list(title: string, isFolded: boolean, lines: readonly string[]): void {
    const shown = lines.slice(0, SHOWN_LINES);
    const more = lines.length - shown.length;
    this.#section(title, isFolded, more > 0 ? [...shown, `- and ${more} more`] : shown, []);
  }

  text(): string {
    return this.#text;
  }

  #section(
    title: string,
    isFolded: boolean,
    lines: readonly string[],
    head: readonly string[],
  ): void {
    if (lines.length === 0) return;
    const open = isFolded
      ? ['', `<details><summary>${title} (${lines.length})</summary>`, '', ...head]
      : ['', `### ${title}`, '', ...head];
    const close = isFolded ? '\n\n</details>\n' : '\n';
    let section = open.join('\n');
    const room = this.room - this.#text.length - close.length - CUT_LENGTH;
    let shown = 0;
    while (shown < lines.length && section.length + (lines[shown]?.length ?? 0) + 1 <= room)
      section += `\n${lines[shown++] ?? ''}`;
    const left = lines.length - shown;
    const cut = left > 0 ? `\n\n${cutText(left, lines.length)}` : '';
    if (section.length <= room) this.#text += `${section}${cut}${close}`;
    else if (this.#text.length + cut.length + 1 <= this.room) this.#text += `${cut}\n`;
  }
}

function cutText(left: number, all: number): string {
  return `**${left} of ${all} rows are left out here**: the whole is in the other formats (\`-o json\`, \`-o text\`).`;
}

/** Room that is kept for the line that says what was cut. */
const CUT_LENGTH = 200;
