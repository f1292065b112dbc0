import type { ReviewReport } from '@portolan/report';
import { describe, expect, it } from 'vitest';
import { annotationCommands } from './annotations.js';
import { conclusionOf, countOutputs } from './outputs.js';
import { sarifOf } from './sarif.js';
import { summaryOf } from './summary.js';
import { harmless, workflowCommand } from './workflow-command.js';

const end = (text: string) => ({ kind: 'workload', text, members: [text] }) as const;

/** A report with some rows that open something, each in a file of the name. */
function reportOf(rows: number, name = 'a.yaml'): ReviewReport {
  return {
    engineVersion: '3',
    cluster: 'prod',
    path: 'deploy',
    base: { name: 'deploy', digest: 'a'.repeat(64) },
    head: { name: 'deploy', digest: 'b'.repeat(64) },
    verdict: 'FAILED',
    summary: `${rows} opened.`,
    opened: Array.from({ length: rows }, (_, i) => ({
      fingerprint: `f${i}`,
      kind: 'OPENED',
      source: end(`shop/${'é'.repeat(200)}`),
      destination: end('data/db'),
      pairs: 1,
      opened: [{ protocol: 'TCP', from: 80, to: 80 }],
      closed: [],
      severity: 'HIGH',
      reasons: [{ code: 'internet-ingress', text: 'reachable from the internet' }],
      causes: [
        {
          change: 'ADDED',
          object: 'NetworkPolicy data/db',
          fields: [],
          rule: null,
          place: { side: 'HEAD', path: name, startLine: i + 1, endLine: i + 1 },
        },
      ],
      exceptions: [],
    })),
    altered: [],
    closed: [],
    newlyUnprotected: [],
    newFindings: [],
    fixedFindings: 0,
    invariants: [],
    gates: [
      { gate: 'any-change', status: 'FAILED', violations: [{ text: 'x', place: null }] },
      { gate: 'new-findings', status: 'WARNED', violations: [] },
    ],
    exceptions: [],
    caveats: [],
    skipped: [],
    skippedOmitted: 0,
  };
}

describe('workflowCommand', () => {
  it('lets nothing out of its place', () => {
    expect(
      workflowCommand('error', '100%\r\n::warning::x', { file: 'a,line=9:b%.yaml', line: 3 }),
    ).toBe('::error file=a%2Cline=9%3Ab%25.yaml,line=3::100%25%0D%0A::warning::x\n');
  });
});

describe('harmless', () => {
  it('stops commands with a word that nobody can know', () => {
    const [first = '', ...rest] = harmless('::error::x\r::add-mask::y\n').split('\n');
    const token = first.replace('::stop-commands::', '');
    expect(token).toMatch(/^[\da-f-]{36}$/);
    expect(rest).toEqual(['::error::x ::add-mask::y', `::${token}::`, '']);
  });
});

describe('annotationCommands', () => {
  it('are at most 50, and say how many more there are', () => {
    const lines = annotationCommands([reportOf(30), reportOf(40)])
      .trimEnd()
      .split('\n');
    expect(lines.filter((line) => line.startsWith('::error file=a.yaml,line='))).toHaveLength(50);
    expect(lines.at(-1)).toBe('20 more are in the report.');
  });

  it('have no file when that was rendered', () => {
    expect(annotationCommands([reportOf(1, 'deploy/(rendered).yaml')])).toMatch(/^::error title=/);
  });
});

describe('summaryOf', () => {
  it.each([1, 20, 400])('of %i long reports is what GitHub takes', (count) => {
    const reports = Array.from({ length: count }, () => reportOf(150));
    const text = summaryOf(reports);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    const pages = text.split('<!-- portolan-review').length - 1;
    const left = Number(/\*\*(\d+) reviews are left out/.exec(text)?.[1] ?? 0);
    expect(pages + left).toBe(count);
  });
});

describe('sarifOf', () => {
  it('has one run with the results of all reviews, and counts what is left out', () => {
    const { runs } = JSON.parse(sarifOf([reportOf(3_000), reportOf(3_000)]));
    expect(runs).toHaveLength(1);
    expect(runs[0].results).toHaveLength(5_000);
    expect(runs[0].properties.resultsOmitted).toBe(1_000);
  });
});

describe('outputs', () => {
  it('add reviews up, and the worst decides', () => {
    expect(countOutputs([reportOf(2), reportOf(3)])).toEqual({
      opened: '5',
      closed: '0',
      'internet-opened': '5',
      'newly-unprotected': '0',
      'new-findings': '0',
      violations: '2',
    });
    const reviewed = { kind: 'REVIEWED', report: reportOf(1), jsonFile: '' } as const;
    expect(conclusionOf([reviewed])).toBe('failure');
    expect(conclusionOf([reviewed, { kind: 'UNDECIDED', message: '' }])).toBe('error');
    expect(conclusionOf([])).toBe('error');
  });
});
