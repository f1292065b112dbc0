import { markdownCode, markdownText } from '../text/markdown-text.js';
import { cells, MarkdownBody } from './markdown-body.js';
import {
  causeText,
  counterexampleText,
  invariantNotes,
  moreText,
  notableInvariants,
  openingRows,
  placeText,
  reviewedStatus,
  rowTraffic,
  STATUS_WORDS,
  verdictText,
} from './report-text.js';
import type {
  AccessRow,
  Cause,
  ReviewedFinding,
  ReviewedInvariant,
  ReviewReport,
} from './review-report.js';

/** What a comment of GitHub holds is 65,536 characters; a little is left for whoever puts something around it. */
export const MARKDOWN_MAX_LENGTH = 65_000;
/** A shorter limit has no room for the verdict and for what could not be seen. */
export const MARKDOWN_MIN_LENGTH = 4_000;

/** Counterexamples that a cell shows. */
const SHOWN_COUNTEREXAMPLES = 3;

/** Causes that a cell shows. */
const SHOWN_CAUSES = 3;

const SYMBOLS = { PASSED: '✅', WARNED: '⚠️', FAILED: '❌' } as const;

/**
 * A comment for a change request. Its first line is a hidden marker, by which the comment is found and replaced. Longer than
 * `maxLength` characters it never is: rows are left out, and a line says so.
 */
export function writeMarkdown(report: ReviewReport, maxLength = MARKDOWN_MAX_LENGTH): string {
  const frame = frameOf(report, maxLength);
  const body = new MarkdownBody(maxLength - frame.head.length - frame.tail.length);
  body.table('Opened', false, openingRows(report).map(openedLine), OPENED_HEAD);
  body.list('Newly unprotected', false, unprotectedLines(report));
  body.table('Invariants', false, notableInvariants(report).map(invariantCells), INVARIANTS_HEAD);
  body.list('Invariants that hold', true, holdingLines(report));
  body.table('New findings', true, report.newFindings.map(findingCells), FINDINGS_HEAD);
  body.table('Closed', true, report.closed.map(closedLine), CLOSED_HEAD);
  body.list('Exceptions', true, exceptionLines(report));
  return `${frame.head}${body.text()}${frame.tail}`;
}

/** The first line of a comment, by which it is found: HTML that nobody sees. */
export function reviewMarker({ cluster, path }: Pick<ReviewReport, 'cluster' | 'path'>): string {
  return `<!-- portolan-review:${inComment(cluster)}:${inComment(path)} -->`;
}

/** What stands around the rows, and is never cut off. */
interface Frame {
  readonly head: string;
  readonly tail: string;
}

/** How much of a list the frame shows. */
interface Detail {
  readonly violations: number;
  readonly skipped: number;
  /** Of every text. */
  readonly characters: number;
}

const DETAILS: readonly Detail[] = [
  { violations: 3, skipped: 20, characters: 300 },
  { violations: 1, skipped: 5, characters: 100 },
  { violations: 0, skipped: 0, characters: 30 },
];

/** As much detail as leaves half of the room to the rows; the least always has room. */
function frameOf(report: ReviewReport, maxLength: number): Frame {
  const frames = DETAILS.map((detail) => ({
    head: headOf(report, detail),
    tail: tailOf(report, detail),
  }));
  const fitting = frames.find(({ head, tail }) => head.length + tail.length <= maxLength / 2);
  const { head, tail } = fitting ?? frames.at(-1) ?? { head: '', tail: '' };
  return { head, tail };
}

function headOf(report: ReviewReport, { violations: shown, characters }: Detail): string {
  const { verdict, summary } = report;
  const marker = reviewMarker(report);
  const gates = report.gates
    .filter(({ status }) => status !== 'HELD')
    .flatMap(({ gate, violations }) => {
      const more = violations.length - shown;
      return [
        ...violations.slice(0, shown).map(({ text, place }) => {
          const where = place === null ? '' : ` (${markdownCode(placeText(place))})`;
          return `- ${gate}: ${cut(text, characters)}${where}`;
        }),
        ...(shown > 0 && more > 0 ? [`- ${gate}: and ${more} more`] : []),
      ];
    });
  const text = `**${markdownText(verdictText(report))}** – ${cut(summary, SHOWN_MESSAGE)}`;
  return `${[marker, `${SYMBOLS[verdict]} ${text}`, '', ...gates].join('\n').trimEnd()}\n`;
}

/** Never folded: what was not seen may matter more than what was. */
function tailOf(report: ReviewReport, { skipped: shown, characters }: Detail): string {
  const { caveats, skipped, skippedOmitted, base, head, engineVersion } = report;
  const more = Math.max(0, skipped.length - shown) + skippedOmitted;
  const lines = [
    ...caveats.map(({ code, message }) => `- ${code}: ${cut(message, characters)}`),
    ...skipped.slice(0, shown).map(({ code, place, object, message, isNew }) => {
      const what = object === null ? '' : ` ${cut(object, characters)}`;
      const text = cut(message, characters);
      return `- ${isNew ? '**new** ' : ''}${code} ${markdownCode(placeText(place))}${what}: ${text}`;
    }),
    ...(more > 0 ? [`- and ${more} more documents that were left out`] : []),
  ];
  const digests = `${base.digest.slice(0, 12)} → ${head.digest.slice(0, 12)}`;
  const states = [base, head].map(({ name }) => cut(name, SHOWN_NAME)).join(' → ');
  return [
    '',
    '### What this could not see',
    '',
    ...(lines.length === 0 ? ['Nothing was left out.'] : lines),
    '',
    `<sub>${states} · ${digests} · engine ${markdownText(engineVersion)}</sub>`,
    '',
  ].join('\n');
}

/** Characters of a message that a comment shows, and of a name. */
const SHOWN_MESSAGE = 300;
const SHOWN_NAME = 60;
/** Of a name in the marker, by which comments are told apart. */
const MARKER_NAME = 400;

const OPENED_HEAD = ['From', 'To', 'Traffic', 'Severity', 'Caused by'];
const INVARIANTS_HEAD = ['Severity', 'Invariant', 'Status', 'Counterexamples'];
const FINDINGS_HEAD = ['Severity', 'Rule', 'Object', 'What', 'Where'];
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

function invariantCells(invariant: ReviewedInvariant): string {
  const { severity, name, description, assertion, status, counterexamples, place } = invariant;
  const isBad = status === 'BROKEN' || status === 'UNDECIDED';
  const shown = counterexamples.slice(0, SHOWN_COUNTEREXAMPLES);
  const rest = moreText({ ...invariant, counterexamples: shown });
  const examples = shown.map((one) => {
    const cause = one.causes.length === 0 ? '' : ` – ${causeCell(one.causes)}`;
    return `${cut(counterexampleText(one), SHOWN_MESSAGE)}${cause}`;
  });
  return cells([
    isBad ? `**${severity}**` : severity,
    [
      `${cut(name, SHOWN_MESSAGE)} ${markdownCode(placeText(place))}`,
      cut(assertion, SHOWN_MESSAGE),
      ...(description === '' ? [] : [cut(description, SHOWN_MESSAGE)]),
    ].join('<br>'),
    [isBad ? `**${STATUS_WORDS[status]}**` : STATUS_WORDS[status]]
      .concat(invariantNotes(invariant).map((note) => cut(note, SHOWN_MESSAGE)))
      .join('<br>'),
    [...examples, ...(rest === '' ? [] : [rest])].join('<br>'),
  ]);
}

function holdingLines(report: ReviewReport): string[] {
  const notable = notableInvariants(report);
  return report.invariants
    .filter((one) => !notable.includes(one))
    .map(
      ({ name, assertion }) => `- ${cut(name, SHOWN_MESSAGE)}: ${cut(assertion, SHOWN_MESSAGE)}`,
    );
}

function findingCells(found: ReviewedFinding): string {
  const { severity, rule, name, object, message, fix, place } = found;
  const what = [message, ...(fix === null ? [] : [`Fix: ${fix}`]), reviewedStatus(found)];
  return cells([
    `**${severity}**`,
    markdownText(`${rule} ${name}`),
    cut(object, SHOWN_MESSAGE),
    what
      .filter((text) => text !== '')
      .map((text) => cut(text, SHOWN_MESSAGE))
      .join('<br>'),
    place === null ? '' : markdownCode(placeText(place)),
  ]);
}

function closedLine(row: AccessRow): string {
  return cells([...endCells(row), markdownText(rowTraffic(row)), causeCell(row.causes)]);
}

function endCells({ source, destination }: AccessRow): string[] {
  return [source, destination].map(({ text }) => cut(text, SHOWN_MESSAGE));
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

/** Two dashes would end the comment. */
function inComment(text: string): string {
  return text
    .slice(0, MARKER_NAME)
    .replaceAll(/[^\w./:-]/g, '_')
    .replaceAll(/-{2,}/g, '-');
}

/** The beginning of a text, as Markdown. */
function cut(text: string, characters: number): string {
  return markdownText(text.length <= characters ? text : `${text.slice(0, characters)}…`);
}
