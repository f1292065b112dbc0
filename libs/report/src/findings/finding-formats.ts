import { writeGitlabEntries } from '../formats/gitlab-entries.js';
import { writeJunitSuite } from '../formats/junit-suite.js';
import { type SarifNote, writeSarifLog } from '../formats/sarif-log.js';
import { placeText } from '../review/report-text.js';
import { findingLine, isFailing } from './finding-text.js';
import type { FindingRow, FindingsReport } from './findings-report.js';

/** Changes when a reader of the document would have to. Its schema is `findings.schema.json`. */
export const FINDINGS_FORMAT = 'portolan.findings/v1';

/** The whole report as one JSON object, with two blanks a level. */
export function writeFindingsJson(report: FindingsReport): string {
  return `${JSON.stringify({ format: FINDINGS_FORMAT, ...report }, null, 2)}\n`;
}

/** A log of SARIF 2.1.0 with a result for each finding that has a place; what counts for nothing is suppressed there. */
export function writeFindingsSarif(report: FindingsReport): string {
  return writeSarifLog({
    engineVersion: report.engineVersion,
    rules: report.rules.map(({ id, name, description, remediation, docsUrl }) => ({
      id,
      name,
      shortDescription: { text: description },
      help: { text: remediation },
      helpUri: docsUrl,
    })),
    notes: notesOf(report.findings),
    fingerprintName: 'portolanFinding/v1',
  });
}

/** A report of GitLab's code quality, of the findings that count and have a place. */
export function writeFindingsGitlab({ findings }: FindingsReport): string {
  return writeGitlabEntries(notesOf(findings.filter(({ status }) => status === 'OPEN')));
}

/** Test results: a case for each rule that found something. What does not fail says so in its output. */
export function writeFindingsJunit(report: FindingsReport): string {
  const open = report.findings.filter(({ status }) => status === 'OPEN');
  const found = new Set(open.map(({ rule }) => rule));
  const cases = report.rules
    .filter(({ id }) => found.has(id))
    .map(({ id, name }) => {
      const rows = open.filter(({ rule }) => rule === id);
      const failing = rows.filter((row) => isFailing(report, row));
      return {
        name: `${id} ${name}`,
        status: failing.length > 0 ? ('FAILED' as const) : ('WARNED' as const),
        lines: (failing.length > 0 ? failing : rows).map(lineText),
      };
    });
  const nothing = { name: 'findings', status: 'HELD', lines: [] } as const;
  return writeJunitSuite({
    name: `portolan check ${report.input.name}`,
    className: 'portolan.findings',
    word: 'finding',
    cases: cases.length === 0 ? [nothing] : cases,
  });
}

function lineText(row: FindingRow): string {
  const where = row.place === null ? '' : `${placeText(row.place)}: `;
  return `${where}${row.severity} ${findingLine(row)}`;
}

/** Of each object that is named one, with its own fingerprint. */
function notesOf(findings: readonly FindingRow[]): SarifNote[] {
  return findings.flatMap((row) =>
    [row, ...row.others].flatMap(({ object, place, fingerprint }) => {
      if (place === null) return [];
      const { rule, severity, status, why } = row;
      const isFirst = fingerprint === row.fingerprint;
      const message = isFirst ? findingLine(row) : `${object}: ${row.message}`;
      const fix = row.fix === null ? '' : ` ${row.fix.text}`;
      const suppression =
        status === 'OPEN'
          ? null
          : {
              kind: status === 'SUPPRESSED' ? ('inSource' as const) : ('external' as const),
              reason: why ?? status,
            };
      return [{ rule, severity, message: `${message}${fix}`, place, fingerprint, suppression }];
    }),
  );
}
